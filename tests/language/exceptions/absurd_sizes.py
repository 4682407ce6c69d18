"""Sizes that no memory has room for are errors before anything is made."""


def show(name, make):
    try:
        print(name, len(make()))
    except (MemoryError, OverflowError, ValueError) as error:
        print(name, type(error).__name__, error)


HUGE = 10 ** 15
for count in (HUGE, 2 ** 63, 10 ** 30):
    show("str", lambda: "x" * count)
    show("pair", lambda: "xy" * count)
    show("bytes", lambda: b"x" * count)
    show("list", lambda: [0] * count)
    show("tuple", lambda: (0, 1, 2) * count)
    show("none", lambda: "" * min(count, HUGE) + "ok")
show("tuple that wraps round", lambda: (0, 1, 2, 3) * 2 ** 62)
show("zeros", lambda: bytes(HUGE))
show("ljust", lambda: "x".ljust(HUGE))
show("center", lambda: "x".center(HUGE))
show("zfill", lambda: "x".zfill(HUGE))
show("format", lambda: format("x", ">1000000000000000"))
show("list of a range", lambda: list(range(HUGE)))
show("tuple of a range", lambda: tuple(range(HUGE)))
show("sorted range", lambda: sorted(range(HUGE)))
show("spread", lambda: [*range(HUGE)])
items = [0, 1]
try:
    items.extend(range(HUGE))
except MemoryError:
    print("extend", items)
try:
    items *= HUGE
except MemoryError:
    print("repeat in place", items)
try:
    print(1 << 10 ** 30)
except OverflowError as error:
    print("shift", error)
