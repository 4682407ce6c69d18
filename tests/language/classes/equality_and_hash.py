"""__eq__ and __hash__ let instances be compared and used as keys."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __hash__(self):
        return hash((self.x, self.y))


class Plain:
    pass


a = Point(1, 2)
b = Point(1, 2)
c = Point(2, 1)
print(a == b, a != b, a == c, a != c, a is b, a == (1, 2), a != "x", a == a)
print(hash(a) == hash(b), len({a, b, c}), {a: "v"}[b], b in [a], [a, c].index(Point(2, 1)))
d = {a: 1}
d[b] = 2
print(len(d), d[a], [a] == [b], (a, 1) == (b, 1), {"k": a} == {"k": b})
p = Plain()
q = Plain()
print(p == p, p == q, p != q, p in [q, p], len({p, q, p}), {p: "own"}[p], hash(p) == hash(p))
