"""break and continue act on the innermost loop only."""
for i in range(4):
    if i == 1:
        continue
    for j in range(4):
        if j == i:
            continue
        if j == 3:
            break
        print(i, j, end="; ")
    print("|", i)
k = 0
while k < 3:
    k += 1
    for c in "ab":
        while True:
            break
        else:
            print("never")
        if c == "b":
            break
        print(k, c)
else:
    print("while ended")


def find(grid, wanted):
    for y, row in enumerate(grid):
        for x, value in enumerate(row):
            if value == wanted:
                return x, y
    return None


print(find([[1, 2], [3, 4]], 3), find([[1]], 9), find([], 1))
