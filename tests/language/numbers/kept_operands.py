"""A number that something else still refers to is not changed by what is computed from it."""


def chains(n):
    total = n * 1000 + 7
    doubled = total * 2 + total - 3
    print(total, doubled, total - doubled)
    half = n / 4.0
    scaled = half * 3.0 + half - 0.5
    print(half, scaled, half * half)


def in_containers(n):
    kept = [n * 1000 + i for i in range(4)]
    table = {"a": n * 2.5}
    sums = [kept[0] + 1, kept[1] * 2 + kept[1], kept[2] - kept[3], table["a"] * 2.0 + 1.0]
    print(kept, table, sums)


def twice(value):
    return value + value, value * value + value


def closure(n):
    big = n * 12345

    def use():
        return big + 1, big * 3 - big

    first = use()
    return first, use(), big


class Point:
    def __init__(self, x):
        self.x = x


def attributes(point):
    before = point.x
    moved = point.x * 2.0 + point.x + 1.0
    point.x += moved
    print(before, moved, point.x, before + 0.25)


def generated(n):
    value = n * 5000
    for step in range(3):
        yield value + step
        value = value + 1 + step


def conditional(n):
    a = n * 700
    b = (a if n else 0) + 1
    c = (a or 5) * 2 + 1
    print(a, b, c)


chains(13)
in_containers(9)
print(twice(70000), twice(1.5))
print(closure(3))
attributes(Point(4.5))
print([value * 2 + 1 for value in generated(2)])
conditional(11)
same = 123456
print(same + 0, same, (same + 1) - 1, same)
