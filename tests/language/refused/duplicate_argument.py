"""A parameter name stands once."""


def f(a, b, a):
    return a
