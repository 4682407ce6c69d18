"""A call with an argument missing."""


def f(x):
    return x


print("before")
f()
