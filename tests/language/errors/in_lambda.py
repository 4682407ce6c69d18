"""Frames of lambdas and of comprehensions show in the traceback."""
invert = lambda x: 1 / x
print(invert(4))


def all_of(items):
    return [invert(x) for x in items]


print(all_of([1, 2]))
print(all_of([1, 0]))
