"""Functions are values: kept in containers, passed, returned, compared."""


def twice(f):
    return lambda x: f(f(x))


def add_three(x):
    return x + 3


def compose(*functions):
    def run(x):
        for f in functions:
            x = f(x)
        return x

    return run


table = {"add": lambda a, b: a + b, "mul": lambda a, b: a * b}
print(twice(add_three)(1), twice(twice(add_three))(0), table["add"](2, 3), table["mul"](2, 3))
print(compose(str, len)(12345), compose()(7), compose(add_three, twice(add_three))(0))
g = add_three
print(g is add_three, g == add_three, g(1), g.__name__, (lambda: 0).__name__, callable(g))
print([f(-2) for f in (abs, str, bool, add_three)], {add_three: "key"}[g], add_three in [g])
print((lambda *a, **k: (a, k))(1, 2, x=3), (lambda x, y=2: x * y)(4), (lambda: (lambda: 5)())())
