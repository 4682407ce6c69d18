"""An augmented assignment evaluates its object once, whatever its value rebinds."""


class Box:
    def __init__(self, value):
        self.value = value


class Loud:
    def __init__(self, items):
        self.items = items

    def __iadd__(self, other):
        print("in place", other)
        self.items.append(other)
        return self

    def __sub__(self, other):
        print("minus", other)
        return len(self.items) - other


class Guarded:
    def __init__(self):
        self.inner = 1

    @property
    def value(self):
        print("get", self.inner)
        return self.inner

    @value.setter
    def value(self, value):
        print("set", value)
        self.inner = value


def rebinds(a, b):
    first = a
    a.value += (a := b).value
    print(first.value, a.value, a is b)


def comprehends(a):
    a.value += sum([a for a in [1, 2, 3]])
    print(a.value)


def in_place(box):
    box.value += 1
    box.value -= 1
    print(box.value)


def guarded(box):
    box.value += 10
    box.value *= box.value
    print(box.inner)


def items(values, i):
    values[i] += 5
    values[i] *= values[i - 1]
    values[-i] -= 1
    values[i] += (i := 0) + 1
    print(values, i)


def keys(table, key):
    table[key] += "b"
    table[key] *= 2
    print(table)


rebinds(Box(1), Box(20))
comprehends(Box(100))
in_place(Box(Loud([])))
guarded(Guarded())
items([2, 3, 4], 1)
keys({"k": "a"}, "k")
