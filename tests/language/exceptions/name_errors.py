"""Names that are not bound: global, local, free, deleted."""


def unbound():
    print(x)
    x = 1


def maybe(flag):
    if flag:
        y = 1
    return y


def deleted():
    z = 1
    del z
    return z


def free():
    def inner():
        return late

    result = inner()
    late = 1
    return result


def deleted_free():
    v = 1

    def inner():
        return v

    del v
    return inner()


def augmented():
    total += 1


total = 5
g = 1
del g
actions = [unbound, lambda: maybe(False), deleted, free, deleted_free, augmented]
for f in actions + [lambda: g, lambda: nope]:
    try:
        print(f())
    except NameError as error:
        print(type(error).__name__ + ":", error)
try:
    del g
except NameError as error:
    print(error)
try:
    from math import no_such_thing
except ImportError as error:
    print(type(error).__name__)
try:
    import no_such_module
except ModuleNotFoundError as error:
    print(error)
