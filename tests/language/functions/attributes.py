"""Functions have names, docstrings, defaults and attributes of their own."""


def f(a, b=2, *, c=3):
    """Adds."""
    return a + b + c


print(f.__name__, f.__doc__, f.__qualname__, f.__defaults__, f.__module__)
f.calls = 0


def counted(x):
    counted.total += x
    return counted.total


counted.total = 100
print(counted(1), counted(2), f.calls, hasattr(f, "calls"), hasattr(f, "other"))
f.__name__ = "renamed"
print(f.__name__, type(f).__name__, type(len).__name__, type(lambda: 0).__name__)
