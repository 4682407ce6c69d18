"""An assertion with a message."""


def positive(n):
    assert n > 0, f"not positive: {n}"
    return n


print(positive(3))
positive(-3)
