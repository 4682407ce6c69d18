"""Unpacking too many, too few, or nothing that iterates."""


def two(x):
    a, b = x
    return a, b


def star(x):
    a, *b, c = x
    return a, b, c


def check(f, x):
    try:
        print(f(x))
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)


check(two, [1, 2])
check(two, [1])
check(two, [])
check(two, [1, 2, 3])
check(two, "abc")
check(two, {1: 2})
check(two, 5)
check(two, None)
check(star, [1, 2])
check(star, [1])
check(star, ())
check(star, 7)
check(lambda x: [(a, b) for a, b in x], [(1, 2), (3,)])
check(lambda x: [*x], 5)
check(lambda x: {**x}, 5)
check(lambda x: {**x}, [1])
