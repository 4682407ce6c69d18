"""Unpacking with stars, nesting, and any iterable."""
a, *b = [1, 2, 3]
*c, d = "xyz"
e, *f, g = range(6)
h, *i = (1,)
print(a, b, c, d, e, f, g, h, i)
(j, (k, *l)), m = [(1, "abc"), {"only": 1}]
print(j, k, l, m)
for x, *rest in [(1, 2, 3), "pq", [9]]:
    print(x, rest)
for i, (p, q) in enumerate(zip("ab", [10, 20])):
    print(i, p, q)
print([*range(3), *"ab", *[]], (*[1], 2), {*[1, 1]}, [*{"k": 1}, 5])
*all_of_it, = range(3)
first, second = {"x": 1, "y": 2}
print(all_of_it, first, second)
a, b = b, a
print(a, b)
