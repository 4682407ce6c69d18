"""any and all stop at the first answer."""


def say(x):
    print(x, end=" ")
    return x


print(any([]), all([]), any([0, "", None]), any([0, 1]))
print(all([1, "a"]), all([1, 0]), any("a"), all({0: 1}))
print(any(map(say, [0, 0, 3, 4])))
print(all(map(say, [1, 2, 0, 4])))
print(all([[]]), any([[]]), any([[0]]), all(range(1, 5)), all(range(5)), any({"": 1}))
