"""yield from is left out; a loop with yield does the same."""


def inner():
    yield 1


def outer():
    yield from inner()
