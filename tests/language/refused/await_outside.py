"""await outside a coroutine."""


def f(x):
    return await x
