"""get, setdefault, pop, popitem, update, copy, clear, fromkeys."""
d = {"a": 1}
print(d.setdefault("a", 5), d.setdefault("b", []), d.setdefault("c"), d)
d.setdefault("b", []).append("in")
print(d)
print(d.pop("a"), d.pop("zz", "default"), d.pop("c"), d)
d.update({"x": 1, "b": 2})
d.update([("y", 2), ("z", 3)])
d.update(k=9, x=0)
d.update()
print(d)
print(d.popitem(), d.popitem(), d)
c = d.copy()
c["new"] = 1
print(d, c, c == d, c is d)
d.clear()
print(d, len(d), len(c))
print(dict.fromkeys("abc"), dict.fromkeys([1, 2], 0), dict.fromkeys((), 1))
