"""Keyword arguments in any order, mixed with positional ones."""


def box(width, height=2, *, depth=3, label="box"):
    return f"{label}: {width}x{height}x{depth}"


print(box(1), box(width=5), box(1, 4), box(1, depth=9), box(height=7, width=6))
print(box(1, 2, label="crate", depth=0), box(label="all", depth=4, height=3, width=2))


def only(*, a, b=1):
    return a - b


print(only(a=5), only(b=2, a=5))


def loud(x):
    print("eval", x)
    return x


print(box(depth=loud(1), width=loud(2), label=loud("order")))
