"""What cannot change says so, by an index in other words than by another key."""


class Plain:
    pass


class Index:
    def __index__(self):
        return 1


def delete(x, key):
    del x[key]


def change(x, key):
    x[key] = 1


for x in ("abc", b"a", (1,), range(3), {1}, frozenset(), 5, None, Plain(), {}.values(), len):
    for key in (0, "x", 1.5, Index(), 2 ** 70):
        for action in (delete, change):
            try:
                action(x, key)
            except (TypeError, IndexError) as error:
                print(type(error).__name__, error)
