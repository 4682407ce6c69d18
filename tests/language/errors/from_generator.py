"""An error out of a generator's frame."""


def halves(items):
    for x in items:
        yield 1 / x


print(list(halves([1, 2])))
for h in halves([4, 0]):
    print(h)
