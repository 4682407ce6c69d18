"""An operand keeps its value while the operator's own code rebinds the variable it came from."""


def captured():
    class Adds:
        def __init__(self, name):
            self.name = name

        def __add__(self, other):
            nonlocal x
            x = None
            return self.name + str(other)

        def __radd__(self, other):
            nonlocal x
            x = None
            return str(other) + self.name

        def __lt__(self, other):
            nonlocal x
            x = None
            return self.name < other.name

        def __getitem__(self, index):
            nonlocal x
            x = None
            return self.name * index

    x = Adds("a")
    print(x + 1, x)
    x = Adds("b")
    print(1 + x, x)
    x = Adds("c")
    if x < Adds("d"):
        print("less", x)
    x = Adds("e")
    print(x[3], x)
    x = Adds("f")
    print(x + 1 if x < Adds("g") else "no", x) if x + 0 == "?" else print("gone", x)


class Owner:
    def __init__(self):
        self.part = Part(self)


class Part:
    def __init__(self, owner):
        self.owner = owner
        self.name = "part"

    def __mul__(self, other):
        self.owner.part = None
        self.owner = None
        return self.name * other

    def __eq__(self, other):
        self.owner.part = other
        return self.name == "part"


def last_reference(owner):
    print(owner.part * 2, owner.part)


def compared(owner):
    if owner.part == 5:
        print("equal", owner.part)


captured()
last_reference(Owner())
compared(Owner())
