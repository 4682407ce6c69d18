"""for over ranges of every direction; the range does not change under the loop."""
for start, stop, step in ((0, 3, 1), (3, 0, -1), (-6, 7, 4), (5, 5, 1), (1, 10, 100), (0, -5, 2)):
    for i in range(start, stop, step):
        print(i, end=" ")
    print("|", start, stop, step)
n = 3
for i in range(n):
    n += 1
    i += 100
    print(i, n)
total = 0
for i in range(100, -1, -7):
    for j in range(i, i + 3):
        total += i * j
print(total, i, j)
