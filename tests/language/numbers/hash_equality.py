"""Numbers that compare equal hash equal, whatever their type."""
print(hash(1) == hash(1.0), hash(1) == hash(True), hash(0) == hash(False), hash(0.0) == hash(-0.0))
print(hash(2 ** 70) == hash(2.0 ** 70), hash(10 ** 30) == hash(10 ** 30), hash(-5) == hash(-5.0))
print(hash(5), hash(-5), hash(-1), hash(-2), hash(2 ** 61 - 1), hash(2 ** 61), hash(-(2 ** 61)))
print(hash(0.5), hash(1.5), hash(float("inf")), hash(float("-inf")), hash(True))
table = {1: "one", 2.0: "two", 2 ** 70: "big"}
print(table[1.0], table[True], table[2], table[2.0 ** 70], 3 in table, 1.5 in table)
print(len({1, 1.0, True, 0, 0.0, False}), {1.0: "a", 1: "b"})
