"""Methods that find nothing, or are given what they cannot use."""


def check(action):
    try:
        print(action())
    except Exception as error:
        print(type(error).__name__ + ":", error)


check(lambda: [].pop())
check(lambda: [1].pop(5))
check(lambda: [1].remove(2))
check(lambda: [1].index(2))
check(lambda: (1,).index("x"))
check(lambda: {}.pop("k"))
check(lambda: {}.popitem())
check(lambda: set().pop())
check(lambda: {1}.remove(2))
check(lambda: {"a"}.remove("missing"))
check(lambda: "abc".index("z"))
check(lambda: "abc".split(""))
check(lambda: ",".join([1]))
check(lambda: ",".join(["a", None]))
check(lambda: ",".join(5))
check(lambda: "a".replace("a", 1))
check(lambda: "a".find(1))
check(lambda: "abc".startswith(1))
check(lambda: "x".center("y"))
check(lambda: [3, "a"].sort())
check(lambda: [1].extend(5))
check(lambda: [1].append())
check(lambda: [1].append(1, 2))
check(lambda: min([]))
check(lambda: max())
check(lambda: max(1))
check(lambda: range(3).index(7))
check(lambda: {}.update([1]))
check(lambda: next(iter([])))
