"""if, elif and else; truth of every kind of value."""


def kind(x):
    if x is None:
        return "none"
    elif x == 0:
        return "zero"
    elif x < 0:
        return "negative"
    elif x < 10:
        if x % 2:
            return "small odd"
        return "small even"
    else:
        return "large"


for x in (None, 0, -3, 4, 7, 10, 0.0, 2.5, True):
    print(x, kind(x))
for v in (0, 1, "", "a", [], [0], (), (0,), {}, {1: 1}, set(), None, 0.0, 1e-9, b"", range(0)):
    print(repr(v), "true" if v else "false", not v)
