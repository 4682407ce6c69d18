"""global must come before the name is used."""


def f():
    print(x)
    global x
