"""What is left of containers whose operation fails half-way."""


class NoHash:
    __hash__ = None


for bad in ([("a", 10), ("b", 20), 5, ("c", 30)], [("a", 10), ("b", 20, 30)], [("d", 1), ([], 2)],
            [("d", 1), (NoHash(), 2)], [("e", 1), ["f"]], [("e", 1), [[], 1]], 5, [5], "a", ["abc"]):
    target = {"a": 1}
    try:
        target.update(bad)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error, target)

for name in ("update", "intersection_update", "difference_update", "union", "isdisjoint"):
    for bad in ([8, [], 9], 5, [9, {}]):
        target = {1, 2}
        try:
            getattr(target, name)(bad)
            print(name, "found nothing wrong")
        except TypeError as error:
            print(name, error, sorted(target))

for one, other in (([1, "a"], [1, 2]), ([None], [1]), ([1, [2]], [1, 2])):
    try:
        print(one == other, one < other)
    except TypeError as error:
        print(error)

for change in (lambda x: x.extend(zip((1, 2), (3, 4, 5), strict=True)),
               lambda x: x.extend(zip((1, 2), (3,), strict=True)),
               lambda x: x.extend([1][object():]), lambda x: x.index(0, None),
               lambda x: x.index(0, 0, "a"), lambda x: x[0:"a"], lambda x: x.pop("a"),
               lambda x: x.extend(5), lambda x: x.index(7, -1), lambda x: x.__setitem__(slice(0, 1), 5),
               lambda x: x.__setitem__(slice(0, 5, 2), [1, 2, 3]), lambda x: x[::0]):
    target = [0]
    try:
        change(target)
        print("nothing wrong", target)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error, target)
