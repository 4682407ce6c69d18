"""The object whose attribute is set has no value yet."""


def store(value):
    if value > 5:
        target = print
    target.attribute = value


store(1)
