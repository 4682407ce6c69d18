"""nonlocal reaches the nearest enclosing function that has the name."""
x = "module"


def a():
    x = "a"

    def b():
        x = "b"

        def c():
            nonlocal x
            x = x + " set by c"

        c()
        return x

    def d():
        def e():
            nonlocal x
            x += " set by e"

        e()

    result = b()
    d()
    return result, x


def uses_global():
    x = "local"

    def inner():
        global x
        x = "module set by inner"
        return x

    return inner(), x


print(a(), x)
print(uses_global(), x)
