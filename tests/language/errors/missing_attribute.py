"""An attribute that an object does not have."""


class Point:
    def __init__(self, x):
        self.x = x


p = Point(1)
print(p.x)
print(p.qqq)
