"""A comprehension has the function's variables as free ones: unbound they are a NameError."""


def t(f):
    try:
        print(f.__name__, "->", f())
    except NameError as error:
        print(f.__name__, "->", type(error).__name__, error)


def free():
    v = [v for _ in (1,)]


def in_dict():
    v = {k: v for k in (1,)}


def bound_outside():
    return [[w for _ in (1,)] for w in (3,)]


def own():
    return [a for b in (1,) for a in [a]]


def walrus():
    return [y for _ in (1,) if (y := 2)]


def nested():
    z = [[z for _ in (1,)] for _ in (1,)]


def condition():
    q = [1 for _ in (1,) if q]


def first_iterable():
    r = [1 for _ in r]


def cell():
    s = [s for _ in (1,)]
    return lambda: s


def local():
    u = u + 1


for f in (free, in_dict, bound_outside, own, walrus, nested, condition, first_iterable, cell, local):
    t(f)
