"""Generator expressions are lazy and take their first iterable at once."""
print(sum(x * x for x in range(10)), max(len(w) for w in ["a", "bbb"]), list(c for c in "ab"))
print(any(x > 3 for x in [1, 5, "never compared"]), all(x < 3 for x in range(10)))
print(sorted(x % 3 for x in range(5)), ",".join(str(i) for i in range(4)), tuple(i for i in ()))
print(dict((k, v) for k, v in zip("ab", (1, 2))), set(x % 2 for x in range(9)))
g = (x for x in [1, 2, 3] if x != 2)
print(next(g), next(g), next(g, "end"), list(g), type(g).__name__)
n = 10
scaled = (x * n for x in range(3))
n = 100
print(list(scaled))
data = [1, 2]
late = (x for x in data)
data.append(3)
data = ["rebound"]
print(list(late), [list((i, j) for j in range(i)) for i in range(3)])
print(list((x, y) for x in range(3) for y in range(x)))
print(sum(1 for _ in "count"), list(map(str, (i for i in "ab"))))
