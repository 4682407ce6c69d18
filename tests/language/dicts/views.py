"""keys, values and items are live views that iterate, count and contain."""
d = {"a": 1, "b": 2}
keys = d.keys()
values = d.values()
items = d.items()
print(keys, values, items, len(keys), len(values), len(items))
d["c"] = 3
print(list(keys), list(values), list(items))
print("a" in keys, "z" in keys, 3 in values, 9 in values, ("a", 1) in items, ("a", 2) in items)
for k in keys:
    print(k, end=" ")
for v in values:
    print(v, end=" ")
for k, v in items:
    print(k, v, end=" ")
print()
print(sorted(keys), sum(values), max(d, key=d.get), [k + str(v) for k, v in items], dict(items))
print(list(reversed(d)), list(reversed(d.items())), tuple(d), set(values) == {1, 2, 3})
del d["a"]
print(keys, values, items)
