"""Thousands of insertions, lookups and deletions."""
d = {}
for i in range(5000):
    d[i * 7919 % 10007] = i
print(len(d), d[7919], 7919 in d, list(d)[:4])
total = 0
for k in d:
    total += k * d[k]
print(total)
for k in list(d):
    if k % 3:
        del d[k]
print(len(d), sum(d), sum(d.values()))
s = {str(i): i for i in range(2000)}
print(sum([s[str(i)] for i in range(0, 2000, 7)]), s.get("2000"), s["1999"])
for i in range(2000):
    s[str(i)] += 1
print(sum(s.values()))
