"""Thousands of generators, each ended as it is dropped; their closing is counted."""
ended = 0


def counted(value):
    global ended
    try:
        yield value
        yield value + 1
    finally:
        ended += 1


def first(value):
    for found in counted(value):
        return found


total = 0
for i in range(3000):
    total += first(i)
print(total, ended)
generators = [counted(i) for i in range(2000)]
total = 0
for generator in generators:
    total += next(generator)
del generator
generators = None
print(total, ended)
nested = None
for i in range(200):
    nested = [nested, counted(i)]
    next(nested[1])
nested = None
print(ended)
