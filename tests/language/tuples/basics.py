"""Tuples: building, indexing, slicing, concatenation."""
t = (1, "two", 3.0)
print(t, t[0], t[-1], len(t), (), (1,), tuple(), tuple([1, 2]), tuple("ab"), 1 in t, "x" in t)
u = 1, 2
print(u, u + (3,), u * 2, 0 * u, t[1:], t[::-1], t[:0], t[:] == t)
print(t.count(1), t.index("two"), bool(()), bool((0,)), ((1, 2), (3,)), (1, (2, (3,))))
t += (4,)
print(t)
print((1, 2) == (1, 2), (1, 2) == [1, 2], (1, 2) < (1, 3), (1,) < (1, 0), (2,) > (1, 9), () < (0,))
for x in t:
    print(x, end=" ")
print(sum((1, 2, 3)), max((3, 9, 2)), sorted((3, 1, 2)), list(t), tuple(range(3)))
