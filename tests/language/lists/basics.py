"""Building, indexing and changing lists."""
a = [1, 2, 3]
b = []
print(a, b, len(a), len(b), a[0], a[-1], [1, [2, [3]]], list(), list("abc"), list((1, 2)))
a[0] = 10
a[-1] = "end"
print(a, a[1], 10 in a, 2 not in a)
del a[1]
print(a)
print([1, 2] + [3], [0] * 4, 2 * [1, 2], [] * 5, [1] * -1, [None] * 2)
print(bool([]), bool([0]), [1, 2] == [1, 2], [1, 2] == (1, 2), [1] != [2], [1, 2, 3] < [1, 3])
nested = [[0] * 2 for _ in range(2)]
nested[0][1] = 5
print(nested, nested[0][1], nested[1][-1])
