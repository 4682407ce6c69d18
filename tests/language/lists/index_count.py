"""index with bounds, count, membership: by equality, not identity."""
a = [1, 2.0, "x", True, None, 2, [1], (1,), 1]
print(a.index(1), a.index(2), a.index("x"), a.index(None))
print(a.index([1]), a.index(1, 1), a.index(1, 4))
print(a.count(1), a.count(2), a.count("y"), a.count([1]), a.index(2, 2, 6), a.index(1, -1))
print(1.0 in a, [1] in a, "X" in a, None in a, False in a, (1,) in a, () in a)
nan = float("nan")
b = [nan]
print(nan in b, b.count(nan), b == [nan], b == [float("nan")], nan == nan, b.index(nan))
