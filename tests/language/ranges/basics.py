"""range: length, items, membership, equality, slices."""
for r in (range(5), range(2, 8), range(0, 10, 3), range(10, 0, -3), range(0), range(5, 2)):
    print(r, len(r), list(r), list(reversed(r)), bool(r))
r = range(0, 20, 5)
print(r[0], r[-1], r[1:3], r[::-1], 10 in r, 11 in r, 20 in r, 5.0 in r, "a" in r, -5 in r)
print(r.start, r.stop, r.step, r.index(15), r.count(5), r.count(6), sum(r), max(r), min(r))
print(range(3) == range(0, 3, 1), range(0) == range(2, 1))
print(range(0, 3, 2) == range(0, 4, 2), r != [0])
a, b, c = range(3)
print(a, b, c, [*range(3)], tuple(range(-2, 2)), range(True, 3))
