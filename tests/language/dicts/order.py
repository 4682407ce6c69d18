"""A dict keeps the order of insertion through updates, deletions and growth."""
d = {}
for w in "the quick brown fox jumps over the lazy dog".split():
    d[w] = len(d)
print(d)
d["quick"] = "updated"
del d["brown"]
d["brown"] = "again"
print(list(d))
del d["the"]
print(list(d), list(d.values()))
for i in range(100):
    d[i] = i
for i in range(0, 100, 2):
    del d[i]
print(len(d), list(d)[:10], list(d)[-5:])
for i in range(1, 100, 2):
    d.pop(i)
d["end"] = None
print(d)
