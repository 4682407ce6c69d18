"""Calling what is not callable, and broken * and ** in calls."""

number, nothing, text, items = 5, None, "text", [1, 2]


def f(*args, **kwargs):
    return args, kwargs


def check(action):
    try:
        print(action())
    except TypeError as error:
        print(error)


check(lambda: number())
check(lambda: nothing())
check(lambda: text())
check(lambda: items(0))
check(lambda: f(*5))
check(lambda: f(**5))
check(lambda: f(**{"a": 1}, a=2))
check(lambda: f(a=1, **{"a": 2}))
check(lambda: f(**{1: 2}))
check(lambda: f(*None))
check(lambda: f(*[1], **{"b": 2}))
check(lambda: len())
check(lambda: len(1, 2))
check(lambda: len(5))
check(lambda: abs("x"))
check(lambda: ord("ab"))
check(lambda: ord(5))
check(lambda: iter(5))
check(lambda: next([1]))
check(lambda: sum(["a"]))
check(lambda: sum("ab", ""))
check(lambda: sorted(5))
check(lambda: reversed({1}))
check(lambda: isinstance(1, 5))
check(lambda: print(1, sep=2))
