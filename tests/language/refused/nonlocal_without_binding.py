"""nonlocal of a name that no enclosing function binds."""
x = 1


def f():
    def g():
        nonlocal x
        x = 2
