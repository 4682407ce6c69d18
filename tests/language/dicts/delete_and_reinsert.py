"""Deleting while holding the keys in a list, and reusing a dict as a queue."""
d = {i: str(i) for i in range(10)}
for k in list(d):
    if k % 2 == 0:
        del d[k]
print(d)
d[0] = "back"
print(d, next(iter(d)))
while d:
    k = next(iter(d))
    v = d.pop(k)
    if len(v) == 1 and k > 4:
        d[k - 5] = v + "!"
    print(k, v, len(d))
counter = {}
for c in "abracadabra":
    counter[c] = counter.get(c, 0) + 1
print(counter, sorted(counter.items(), key=lambda kv: (-kv[1], kv[0])))
