"""Tuples hash by value, nested ones too, so they serve as keys."""
grid = {}
for x in range(3):
    for y in range(3):
        grid[x, y] = x * 10 + y
print(grid[1, 2], grid[(2, 0)], (3, 3) in grid, len(grid))
print(hash((1, 2)) == hash((1, 2)), hash((1, "a", (2.0, None))) == hash((1.0, "a", (2, None))))
seen = {(), (1,), (1, 2), (2, 1), (1, (2,)), (1.0,)}
print(len(seen), (1, 2) in seen, (True,) in seen, (3,) in seen)
counts = {}
for pair in zip("abab", "xyxx"):
    counts[pair] = counts.get(pair, 0) + 1
print(counts)
