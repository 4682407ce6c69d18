"""Building sets, membership, adding and removing."""
s = {3, 1, 2, 3, 1}
print(len(s), sorted(s), 1 in s, 9 in s, 9 not in s, set(), {5}, len(set("mississippi")))
s.add(4)
s.add(4)
s.discard(1)
s.discard(100)
s.remove(2)
print(sorted(s), s.add(7), len(s))
print(sorted(set([1, 2, 2])), sorted(set(range(3))), sorted(set({"k": 1})), bool(set()), bool({0}))
t = s.copy()
t.clear()
print(sorted(s), t, len(t), {1, 1.0, True}, {"only"})
u = {42}
print(u.pop(), u, u == set())
s.update([10, 11], (12,))
print(sorted(s), sum(s), max(s))
