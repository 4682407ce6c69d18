"""Ranges near the ends of 64 bits."""
end = 2 ** 63 - 1
r = range(end - 3, end)
print(list(r), len(r), end - 1 in r, end in r, r[2], r[-1], 2 ** 70 in r)
for i in range(-end - 1, -end + 1):
    print(i)
print(range(-end, end, 2 ** 62)[3], list(range(end, -end, -(2 ** 62))))
print(range(9223372036854775805, 9223372036854775807)[1], len(range(-(2 ** 62), 2 ** 62 - 1)))
