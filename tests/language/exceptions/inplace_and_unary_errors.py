"""The messages of augmented assignment and of unary operators on wrong types."""


def add(a, b):
    a += b
    return a


def shift(a, b):
    a <<= b
    return a


def power(a, b):
    a **= b
    return a


def check(f, *args):
    try:
        print(f(*args))
    except TypeError as error:
        print(error)


check(add, 1, "x")
check(add, "x", 1)
check(add, [1], 5)
check(add, (1,), [2])
check(add, None, None)
check(shift, 1.5, 2)
check(power, "a", 2)
check(lambda x: -x, "s")
check(lambda x: +x, [])
check(lambda x: ~x, 1.5)
check(lambda x: ~x, None)
check(lambda x: abs(x), None)
check(lambda x, y: divmod(x, y), "a", 1)
check(lambda x, y: pow(x, y), "a", 1)
check(lambda x: round(x), "1")
t = ([1],)
try:
    t[0] += [2]
except TypeError as error:
    print(error, t)
