"""print() writes what comes before the object that has no text."""


class Bad:
    def __repr__(self):
        raise ValueError("no text")


for arguments in (("first", Bad(), "last"), (Bad(),), ("a", 2, Bad()), (Bad(), "a")):
    try:
        print(*arguments, sep="-", end="!\n")
    except ValueError as error:
        print()
        print(error)
d = {"a": 1}
for other in ([("b", 2)], {"c": 3}, "ab", 5, d.keys(), [("d",)], {"e": 5}.items(), zip("xy", (1, 2))):
    try:
        d |= other
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
    print(d)
print([range(10)[part] for part in (slice(5, 2), slice(None, None, 3), slice(8, 2, -2),
                                    slice(None, None, -1), slice(2, 100), slice(-3, None))])
print(range(3, 20, 4)[1:3], range(0)[1:5], range(20, 3, -4)[3:1], range(10)[3:3])
