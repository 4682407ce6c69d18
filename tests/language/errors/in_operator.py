"""An error inside an operator method called by an expression."""


class Meters:
    def __init__(self, n):
        self.n = n

    def __add__(self, other):
        return Meters(self.n + other.n)


print((Meters(1) + Meters(2)).n)
print(Meters(1) + 5)
