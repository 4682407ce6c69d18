"""bool is an int: it adds, compares and indexes, and prints by its name."""
print(True + True, True - False, True * 5, False * 5, -True, ~True, ~False)
print(True & False, True | False, True ^ True, type(True & True).__name__, type(True & 1).__name__)
print(True == 1, False == 0, True > False, True is (1 == 1), True + 0.5)
print(["no", "yes"][True], "ab" * True, sum([True, False, True]))
print(bool(0), bool(1), bool(0.0), bool(""), bool("0"), bool([]), bool([0]), bool(None))
print(int(True), float(True), str(True), repr(False), True << 3, True // 1, True / 2)
print({1: "a", True: "b"}, isinstance(True, int), not True, not 0, not [])
