"""Union, intersection, difference, symmetric difference, and their in-place forms."""
a = {1, 2, 3, 4}
b = {3, 4, 5}
print(sorted(a | b), sorted(a & b), sorted(a - b), sorted(b - a), sorted(a ^ b))
print(sorted(a.union(b, [9])), sorted(a.intersection(b)), sorted(a.difference([1])))
print(sorted(a.symmetric_difference(b)), a & {99}, a - a, set() | set())
c = a
c |= {10}
c &= {1, 2, 10, 20}
print(sorted(a), c is a)
c -= {1}
c ^= {2, 7}
print(sorted(a), sorted(c))
d = {1, 2, 3}
d.intersection_update([2, 3, 4])
d.difference_update([3])
d.symmetric_difference_update({8})
print(sorted(d))
