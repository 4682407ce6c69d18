"""The other operator methods: division, modulo, powers, shifts, bits, unary ones."""


class Op:
    def __init__(self, name):
        self.name = name

    def __truediv__(self, o):
        return self.name + " / " + str(o)

    def __floordiv__(self, o):
        return self.name + " // " + str(o)

    def __rfloordiv__(self, o):
        return str(o) + " // " + self.name

    def __mod__(self, o):
        return self.name + " % " + str(o)

    def __pow__(self, o):
        return self.name + " ** " + str(o)

    def __rpow__(self, o):
        return str(o) + " ** " + self.name

    def __lshift__(self, o):
        return self.name + " << " + str(o)

    def __rshift__(self, o):
        return self.name + " >> " + str(o)

    def __and__(self, o):
        return self.name + " & " + str(o)

    def __ror__(self, o):
        return str(o) + " | " + self.name

    def __xor__(self, o):
        return self.name + " ^ " + str(o)

    def __invert__(self):
        return "~" + self.name

    def __pos__(self):
        return "+" + self.name

    def __rsub__(self, o):
        return str(o) + " - " + self.name


x = Op("x")
print(x / 2, x // 2, 2 // x, x % 3, x ** 2, 2 ** x, x << 1, x >> 1, sep=", ")
print(x & 7, 7 | x, x ^ 1, ~x, +x, 1.5 - x, "s" - x, sep=", ")
x /= 4
print(x)
