"""Errors out of __next__, key functions, comparisons and comprehensions."""


class Broken:
    def __init__(self, after):
        self.left = after

    def __iter__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise ValueError("broken off")
        self.left -= 1
        return self.left


class NoCompare:
    def __lt__(self, other):
        raise RuntimeError("no order")


class BadLen:
    def __len__(self):
        return -1


class NotIterator:
    def __iter__(self):
        return 5


def check(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ":", error)


check(lambda: list(Broken(3)))
check(lambda: [x for x in Broken(2)])
check(lambda: sum(Broken(0)))
check(lambda: dict(zip(Broken(2), Broken(5))))
check(lambda: sorted([3, 0, 1], key=lambda x: 1 // x))
check(lambda: sorted([NoCompare(), NoCompare()]))
check(lambda: len(BadLen()))
check(lambda: list(NotIterator()))
check(lambda: list(map(lambda x: 10 // x, [5, 0])))
check(lambda: max(Broken(1)))
a, *b = [9, 8]
try:
    a, *b = Broken(1)
except ValueError:
    print(a, b)
