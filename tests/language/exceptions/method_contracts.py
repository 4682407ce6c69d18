"""Operator methods that return what they must not."""


class BadStr:
    def __str__(self):
        return 5


class BadRepr:
    def __repr__(self):
        return None


class BadBool:
    def __bool__(self):
        return 1


class BadHash:
    def __hash__(self):
        return "x"


class BadLen:
    def __len__(self):
        return "3"


class BadInit:
    def __init__(self):
        return 5


def check(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


check(lambda: str(BadStr()))
check(lambda: repr(BadRepr()))
check(lambda: bool(BadBool()))
check(lambda: hash(BadHash()))
check(lambda: len(BadLen()))
check(lambda: BadInit())
check(lambda: isinstance(BadLen(), BadLen))
