"""What cannot be concatenated is named, an instance as well, and after its __radd__ has been asked."""


class Plain:
    pass


class Declines:
    def __radd__(self, other):
        print("asked")
        return NotImplemented


def add(a, b):
    return a + b


def add_in_place(a, b):
    a += b
    return a


for a in ("s", b"b", (1,), [1], 5, None):
    for b in (Plain(), Declines(), ValueError(), 5, "s", (2,)):
        for action in (add, add_in_place):
            try:
                print(action(a, b))
            except TypeError as error:
                print(error)
