"""throw(class, value) makes the exception as raise does; no StopIteration gets out of a generator."""


def g():
    yield 1
    yield 2


def begun():
    x = g()
    next(x)
    return x


class Odd(Exception):
    def __init__(self):
        raise KeyError("while it is made")


for args in ((ValueError, "text"), (ValueError, ("a", "b")), (ValueError, ()), (ValueError, None),
             (ValueError, ValueError("made")), (ValueError, KeyError("other")), (KeyError, "k", None),
             (ValueError("instance"),), (ValueError("instance"), None), (Odd,), (Odd, None),
             (ValueError("instance"), "value"), (5,), (int,), (int, "5"), (ValueError, 1, 2)):
    for x in (begun(), g()):
        try:
            x.throw(*args)
        except BaseException as error:
            print(type(error).__name__, error.args)
for make in (begun, g):
    x = make()
    try:
        x.throw(StopIteration("si"))
    except BaseException as error:
        print(type(error).__name__, error, "from", repr(error.__cause__))
    try:
        x.throw(StopIteration("si"))
    except BaseException as error:
        print("once more:", type(error).__name__, error)


def catches():
    while True:
        try:
            yield "waits"
        except ValueError as error:
            print("caught", error.args)


x = catches()
print(next(x), x.throw(ValueError, "one"), x.throw(ValueError, (1, 2)), x.throw(ValueError(3)))
print(x.__name__, x.__qualname__, (i for i in []).__name__)
