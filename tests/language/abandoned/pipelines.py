"""Generators over generators: giving up the last one ends them all, from the outside in."""


def source(count):
    try:
        for i in range(count):
            yield i
    finally:
        print("source ends")


def doubled(values):
    try:
        for value in values:
            yield 2 * value
    finally:
        print("doubled ends")


def plain(values):
    for value in values:
        yield value + 1


for value in doubled(plain(doubled(source(10)))):
    print(value)
    if value > 4:
        break
print("first loop left")

chain = plain(x for x in source(3))
print(next(chain), next(chain))
chain = None
print("chain dropped")

shared = source(5)
one = doubled(shared)
print(next(one))
one = None
print("one dropped, the source goes on:", next(shared))
shared = None
print("shared dropped")

pairs = zip(source(3), doubled(source(3)))
print(next(pairs))
del pairs
print("zip dropped")
print(next(map(str, source(2))))
numbered = enumerate(source(2))
print(next(numbered))
numbered = 0
print("enumerate dropped")


def tree(depth):
    try:
        if depth == 0:
            yield "leaf"
            return
        for side in "lr":
            for leaf in tree(depth - 1):
                yield side + leaf
    finally:
        print("tree", depth, "ends")


for leaf in tree(3):
    print(leaf)
    break
print("tree left")
