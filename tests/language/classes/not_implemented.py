"""NotImplemented makes the interpreter try the other operand."""


class A:
    def __add__(self, other):
        print("A.__add__", end=" ")
        if isinstance(other, int):
            return "A+int"
        return NotImplemented

    def __radd__(self, other):
        print("A.__radd__", end=" ")
        return "other+A"

    def __eq__(self, other):
        print("A.__eq__", end=" ")
        return NotImplemented

    def __lt__(self, other):
        print("A.__lt__", end=" ")
        return NotImplemented


class B:
    def __radd__(self, other):
        print("B.__radd__", end=" ")
        return "A+B"

    def __eq__(self, other):
        print("B.__eq__", end=" ")
        return True

    def __gt__(self, other):
        print("B.__gt__", end=" ")
        return "greater"


class Sub(A):
    def __radd__(self, other):
        print("Sub.__radd__", end=" ")
        return "sub first"


a = A()
print(a + 1)
print(a + B())
print(1 + a)
print(a == B(), a == 5, a != 5)
print(a < B())
print(a + Sub())
