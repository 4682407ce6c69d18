"""*args and **kwargs gather what the other parameters leave."""


def f(a, *args, b=0, **kwargs):
    print(a, args, b, kwargs)


f(1)
f(1, 2, 3)
f(1, b=5)
f(1, 2, c=3, b=4, d=5)
f(a=1, z=26)
f(*[1, 2], *(3,), **{"x": 1}, y=2, **{"b": 9})
f(*"ab", *range(2))


def g(*args):
    return args


def h(**kwargs):
    return kwargs


print(g(), g(1), g(*[]), g(*[1], 2, *[3]), type(g()).__name__, h(), h(a=1), h(**{"k": []}))
kw = h(z=1, a=2, m=3)
print(list(kw), g(*kw), h(**kw) == kw, h(**kw) is kw)
args = [1, 2]
got = g(*args)
args.append(3)
print(got)
