"""An error inside a generator ends it and passes to the caller."""


def divide(items):
    for x in items:
        yield 10 // x


g = divide([5, 0, 2])
print(next(g))
try:
    next(g)
except ZeroDivisionError as error:
    print(error)
print(list(g))
try:
    print([x for x in divide([1, 2, 0])])
except ZeroDivisionError:
    print("in a comprehension")


def cautious(items):
    for x in items:
        try:
            yield 10 // x
        except ZeroDivisionError:
            yield None


print(list(cautious([5, 0, 2])))


def running():
    yield next(own)


own = running()
try:
    next(own)
except ValueError as error:
    print(error)
