"""Operands that do not go together: the message names the types."""


class C:
    pass


def check(f, a, b):
    try:
        print(f(a, b))
    except TypeError as error:
        print(error)


check(lambda a, b: a + b, 1, "x")
check(lambda a, b: a + b, "x", 1)
check(lambda a, b: a + b, [1], (2,))
check(lambda a, b: a + b, (1,), [2])
check(lambda a, b: a + b, b"x", "y")
check(lambda a, b: a + b, None, 1)
check(lambda a, b: a + b, C(), 1)
check(lambda a, b: a + b, {}, {})
for name, f in (
    ("-", lambda a, b: a - b),
    ("*", lambda a, b: a * b),
    ("/", lambda a, b: a / b),
    ("//", lambda a, b: a // b),
    ("%", lambda a, b: a % b),
    ("**", lambda a, b: a ** b),
    ("<<", lambda a, b: a << b),
    ("&", lambda a, b: a & b),
    ("|", lambda a, b: a | b),
    ("^", lambda a, b: a ^ b),
    ("<", lambda a, b: a < b),
    (">=", lambda a, b: a >= b),
):
    print(name, end=": ")
    check(f, [], None)
    check(f, 1.5, "s")
check(lambda a, b: "ab" * b, 0, 1.5)
check(lambda a, b: a * b, "a", "b")
check(lambda a, b: a < b, 1, "1")
check(lambda a, b: a in b, 1, 5)
check(lambda a, b: a in b, 1, "text")
check(lambda a, b: a < b, [1, "a"], [1, 2])
