"""Operators on instances: normal, reflected and in place."""


class Vec:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __add__(self, other):
        return Vec(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vec(self.x - other.x, self.y - other.y)

    def __mul__(self, k):
        return Vec(self.x * k, self.y * k)

    def __rmul__(self, k):
        print("rmul", k, end=" ")
        return self * k

    def __neg__(self):
        return Vec(-self.x, -self.y)

    def __radd__(self, other):
        print("radd", other, end=" ")
        return self

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __repr__(self):
        return f"Vec({self.x}, {self.y})"


a = Vec(1, 2)
b = Vec(3, 4)
print(a + b, a - b, a * 3, 3 * a, -a, abs(b), 0 + a, sum([a, b]))
c = a
c += b
print(a, c is a)
c -= b
print(a, c, c is a)
c *= 2
print(c, b.__add__(b))
