"""A class body is code: loops, conditions, names computed from others."""


class Table:
    rows = []
    for i in range(4):
        rows.append(i * i)
    total = sum(rows)
    if total > 10:
        size = "large"
    else:
        size = "small"

    def helper(x):
        return x + 1

    computed = helper(41)
    names = [c.upper() for c in "ab"]


print(Table.rows, Table.total, Table.size, Table.computed, Table.names, Table.i)


class Outer:
    class Inner:
        value = 7

        def get(self):
            return self.value

    def make(self):
        return Outer.Inner()


print(Outer.Inner.value, Outer().make().get(), Outer.Inner.__name__, Outer.Inner.__qualname__)


class Documented:
    """What it is."""

    def method(self):
        """What it does."""


print(Documented.__doc__, Documented.method.__doc__, Documented().method(), Table.__doc__)
