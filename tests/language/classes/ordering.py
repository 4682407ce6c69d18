"""Comparison methods, their reflections, and sorting by them."""


class Version:
    def __init__(self, text):
        self.parts = [int(p) for p in text.split(".")]

    def __lt__(self, other):
        print("lt", self, other, end="; ")
        return self.parts < other.parts

    def __le__(self, other):
        return self.parts <= other.parts

    def __repr__(self):
        return ".".join(map(str, self.parts))


a = Version("1.2")
b = Version("1.10")
print(a < b, b < a)
print(a > b, a <= b, a >= b, a <= a)
print(sorted([Version("2.0"), Version("1.5")]))
print(max([a, b], key=lambda v: v.parts), sorted([b, a], key=lambda v: v.parts))


class Rank:
    def __init__(self, n):
        self.n = n

    def __gt__(self, other):
        return self.n > (other.n if isinstance(other, Rank) else other)


print(Rank(3) > Rank(2), Rank(1) < Rank(5), Rank(3) > 1, 1 < Rank(3), max(Rank(1), Rank(7)).n)
