"""StopIteration: its value, next without default, and its conversion inside a generator."""


def values():
    yield 1
    return "result"


g = values()
print(next(g))
try:
    next(g)
except StopIteration as error:
    print(repr(error.value), error.args)
try:
    next(g)
except StopIteration as error:
    print(error.value, error.args)


def empty():
    return
    yield


print(list(empty()), next(empty(), None))


def leaks():
    yield 1
    raise StopIteration("inside")


try:
    print(list(leaks()))
except RuntimeError as error:
    print(error, type(error.__cause__).__name__)
