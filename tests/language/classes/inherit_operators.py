"""Operator methods and class attributes are inherited."""


class Base:
    def __init__(self, items):
        self.items = list(items)

    def __len__(self):
        return len(self.items)

    def __getitem__(self, i):
        return self.items[i]

    def __add__(self, other):
        return type(self)(self.items + other.items)

    def __eq__(self, other):
        return self.items == other.items

    def __iter__(self):
        return iter(self.items)


class Derived(Base):
    def __repr__(self):
        return "Derived(" + ", ".join(map(str, self)) + ")"


class Loud(Derived):
    def __getitem__(self, i):
        return str(super().__getitem__(i)) + "!"


d = Derived([1, 2]) + Derived([3])
print(d, len(d), d[0], d[-1], d == Base([1, 2, 3]), d != Derived([]), bool(Derived([])), 2 in d)
loud = Loud("xy") + d
print(loud, loud[0], loud[4], type(loud).__name__, list(loud))
