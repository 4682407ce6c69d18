"""Comprehensions have a scope of their own and close over what surrounds them."""


def f(n, items):
    scale = 3
    rows = [[scale * x + y for x in items] for y in range(n)]
    fs = [lambda v: v + n + i for i in range(2)]
    return rows, [g(100) for g in fs]


print(f(2, [1, 2]))
x = "outer"
print([x for x in range(3)], x, {x: y for x, y in zip("ab", "cd")}, x)


def g():
    y = 1
    squares = [y * z for z in range(3) if z >= y]
    y = 5
    return squares, y, [[i * j for j in range(i)] for i in range(y)]


print(g())
