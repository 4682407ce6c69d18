"""The exact messages of calls with wrong arguments."""


def none():
    pass


def two(a, b):
    pass


def optional(a, b=1, c=2):
    pass


def keyword_only(*, x, y):
    pass


def star(a, *args):
    pass


def positional_only(a, b, /):
    pass


def mixed(a, *, k):
    pass


class C:
    def __init__(self, x):
        self.x = x

    def method(self, y):
        return y


class Bare:
    pass


def check(f, *args, **kwargs):
    try:
        f(*args, **kwargs)
    except TypeError as error:
        print(error)
    else:
        print("no error")


check(none, 1)
check(none, 1, 2)
check(none, k=1)
check(two)
check(two, 1)
check(two, 1, 2, 3)
check(two, b=1)
check(two, 1, a=2)
check(two, 1, 2, c=3)
check(optional)
check(optional, 1, 2, 3, 4)
check(optional, 1, 2, b=3)
check(keyword_only)
check(keyword_only, x=1)
check(keyword_only, 1, x=1, y=2)
check(star)
check(star, 1, 2, 3, q=4)
check(positional_only, 1, b=2)
check(positional_only, a=1, b=2)
check(mixed, 1)
check(mixed, 1, 2)
check(mixed, 1, 2, k=3)
check(C)
check(C, 1, 2)
check(C, y=1)
check(C(1).method)
check(C(1).method, 1, 2)
check(C.method, 1)
check(Bare, 1)
check(Bare, k=1)
check(lambda x: x)
check(lambda a, b, c: 0)
check(lambda a, b, c, d: 0, 1)
