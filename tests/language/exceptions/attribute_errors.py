"""Attributes that are not there."""
import math


class C:
    size = 1

    @property
    def fixed(self):
        return 5


class Slim(C):
    pass


def check(action):
    try:
        print(action())
    except AttributeError as error:
        print(error)


def assign(x):
    x.attribute = 1


def delete(x):
    del x.attribute


check(lambda: C().missing)
check(lambda: C.missing)
check(lambda: Slim().other)
check(lambda: (1).missing)
check(lambda: "s".missing)
check(lambda: [].push(1))
check(lambda: None.value)
check(lambda: {}.has_key)
check(lambda: math.missing)
check(lambda: (lambda: 0).missing)
check(lambda: len.missing)
check(lambda: getattr(C(), "dynamic"))
check(lambda: assign(5))
check(lambda: assign("s"))
check(lambda: assign(None))
check(lambda: assign([]))
check(lambda: delete(C()))
check(lambda: C().size)
