"""args, str and repr of exceptions."""
for error in (
    ValueError(),
    ValueError("one"),
    ValueError("one", 2),
    KeyError("k"),
    KeyError(1, 2),
    IndexError("i"),
    Exception(None),
    RuntimeError([1]),
    StopIteration(5),
    OSError("text"),
    ZeroDivisionError(""),
):
    print(type(error).__name__, error.args, str(error), repr(error), len(error.args))
try:
    raise ValueError("bad", 42)
except ValueError as error:
    print(error.args[1], error.args == ("bad", 42), isinstance(error, Exception), error)
s = StopIteration("v")
print(s.value, f"{ValueError('in f')}", f"{ValueError('r')!r}", [KeyError("x")], bool(ValueError()))
a = ValueError("same")
print(a == a, a == ValueError("same"), a in [a], len({a, a}))
