"""Before all items of an object are taken, CPython asks how many there will be, to make room."""


class Sized:
    def __init__(self, items, length=None):
        self.items, self.length = items, length

    def __iter__(self):
        print("iter", end=" ")
        return iter(self.items)

    def __len__(self):
        print("len", end=" ")
        return len(self.items) if self.length is None else self.length()


class Hinting:
    def __init__(self, hint):
        self.hint = hint

    def __iter__(self):
        return iter((7, 8))

    def __length_hint__(self):
        print("hint", end=" ")
        return self.hint()


def fail(error):
    raise error


def show(what):
    try:
        print(what())
    except (TypeError, ValueError, KeyError, ZeroDivisionError) as error:
        print(type(error).__name__, error)


three = Sized([1, 2, 3])
show(lambda: list(three))
show(lambda: tuple(three))
show(lambda: sorted(three, reverse=True))
show(lambda: [0, *three, 4])
show(lambda: (*three,))
show(lambda: [].extend(three))
show(lambda: bytes(three))
show(lambda: ", ".join(Sized(["a", "b"])))
show(lambda: max(*three))
print("not asked:")
show(lambda: set(three))
show(lambda: sum(three))
show(lambda: dict.fromkeys(three))
show(lambda: min(three))
some = [1, 2, 3, 4]
some[1:3] = three
show(lambda: some)
some[::2] = Sized("xyz")
show(lambda: some)
show(lambda: dict(Sized([Sized("ab"), ("c", "d")])))
a, *b = three
c, d, e = three
show(lambda: (a, b, c, d, e))
print("wrong answers:")
show(lambda: list(Sized([1], lambda: -1)))
show(lambda: list(Sized([1], lambda: "one")))
show(lambda: list(Sized([1], lambda: fail(TypeError("swallowed")))))
show(lambda: list(Sized([1], lambda: fail(KeyError("not swallowed")))))
print("hints:")
show(lambda: list(Hinting(lambda: 5)))
show(lambda: list(Hinting(lambda: NotImplemented)))
show(lambda: list(Hinting(lambda: -5)))
show(lambda: list(Hinting(lambda: 2.0)))
show(lambda: list(Hinting(lambda: fail(TypeError("swallowed")))))
show(lambda: list(Hinting(lambda: 1 // 0)))
