"""Closures see the variable, not the value it had."""
functions = []
for i in range(3):
    functions.append(lambda: i)
print([f() for f in functions])
i = 99
print([f() for f in functions])


def make():
    result = []
    for j in range(3):
        result.append(lambda: j)
    j = "last"
    return result


print([f() for f in make()])
print([f() for f in [lambda: k for k in range(3)]])
print([f() for f in [lambda k=k: k for k in range(3)]])


def bind(x):
    return lambda: x


print([bind(x)() for x in range(3)])
