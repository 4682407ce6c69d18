"""str.format: automatic, numbered and named fields, attributes, items and conversions."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


p = Point(3, 4)
d = {"k": "v"}
print("{} {}".format(1, "a"), "{1} {0} {1}".format("x", "y"), "{a}-{b}".format(a=1, b=2))
print("{0.x},{0.y}".format(p), "{0[1]} {1[k]}".format([10, 20], d), "{p.x:03d}".format(p=p))
print("{!r} {!s} {!a}".format("q", "q", "é"), "{:>5}|{:<5}|{:^5}".format(1, 2, 3))
print("{:{}}|{:{w}.{p}f}".format("a", 4, 2.5, w=8, p=3), "{{}} {{{}}}".format(5), "".format())
print("{:,} {:.1%} {:x}".format(1234567, 0.256, 255), "no fields".format(1, 2))
print("{0}{0}{0}".format("ab"), "{name!r:>8}".format(name="z"))
