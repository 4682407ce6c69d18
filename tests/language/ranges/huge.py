"""Ranges beyond 64 bits."""
big = 2 ** 63
r = range(big - 2, big + 3)
print(list(r), len(r), big in r, big + 3 in r, r[2], r[-1])
for i in range(2 ** 70, 2 ** 70 + 3):
    print(i)
print(range(0, 10 ** 30, 10 ** 29)[3], list(range(10 ** 20, 0, -(4 * 10 ** 19))))
print(range(9223372036854775805, 9223372036854775807)[1], len(range(-(2 ** 62), 2 ** 62 - 1)))
