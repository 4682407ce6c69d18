"""What cannot be repeated says so in other words where `*=` is asked of something like a sequence."""


class Plain:
    pass


class Index:
    def __index__(self):
        return 2


def numbers():
    yield 1


class Failure(Exception):
    pass


makers = [dict, set, frozenset, Plain, Index, numbers, ValueError, list, tuple, str, bytes, float]
makers += [lambda: range(3), lambda: {}.keys(), lambda: {}.values(), lambda: {}.items(), lambda: None]
makers += [lambda: print, lambda: Plain, lambda: int, lambda: iter([]), lambda: slice(1), lambda: 3]


def told(function):
    try:
        return function()
    except TypeError as error:
        return str(error)


def in_place(target, other):
    target *= other
    return target


for make in makers:
    for other in ([1], "x", (2,), b"y", 2):
        if isinstance(make(), (list, tuple, str, bytes)) and other == 2:
            continue
        print(told(lambda: in_place(make(), other)), "|", told(lambda: make() * other))
