"""Parameters before / take no keyword, and their names stay free for **kwargs."""


def f(a, b=2, /, c=3, *, d=4):
    return a, b, c, d


print(f(1), f(1, 5), f(1, 5, 6), f(1, c=7, d=8), f(1, 2, c=3))


def g(a, /, **kwargs):
    return a, kwargs


print(g(1, a=2), g(0, b=1, a=3))


def h(x, /):
    return -x


print(h(5), h(*[6]))
