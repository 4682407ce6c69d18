"""int(), float() and friends refuse what they cannot read."""


def check(f, *args):
    try:
        print(f(*args))
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)


check(int, "x")
check(int, "")
check(int, "1.5")
check(int, " 1 2 ")
check(int, "12", 2)
check(int, "z", 37)
check(int, "é9")
check(int, None)
check(int, [])
check(int, 5, 10)
check(int, "1__0")
check(float, "x")
check(float, "")
check(float, None)
check(float, "1.2.3")
check(float, [1])
check(list, 5)
check(tuple, None)
check(dict, 5)
check(dict, [1])
check(dict, ["abc"])
check(dict, [(1, 2, 3)])
check(set, 1)
check(set, [[]])
check(bytes, "text")
check(bytes, [256])
check(bytes, -1)
check(range, 1.5)
check(range, 1, 2, 0)
check(chr, "a")
check(hex, 1.5)
