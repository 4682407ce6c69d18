"""List comprehensions: conditions, nesting, several loops."""
print([x for x in range(5)], [x * x for x in range(5) if x % 2])
print([c for c in "abc"], [_ for _ in []])
print([(x, y) for x in range(3) for y in "ab"], [y for x in [[1, 2], [3]] for y in x])
print([x for x in range(30) if x % 2 == 0 if x % 3 == 0], [x if x > 2 else -x for x in range(5)])
print([[j * i for j in range(3)] for i in range(3)], [[y for y in range(x)] for x in range(4)])
print([(i, j) for i in range(4) if i % 2 for j in range(i) if j != 1], [a + b for a, b in [(1, 2)]])
print([first for first, *rest in ("abc", "de")], [x for x in (1, 2, 3) if x in {2, 3}])
print([len(w) for w in "a bb ccc".split()], [i for i, c in enumerate("hello") if c == "l"])
