"""iter and next on every builtin iterable."""
items = {"k": 5}.items()
for x in ([1, 2], (3, 4), "ab", {"k": 1, "l": 2}, range(2), {9}, b"xy", items, {6: 7}.values()):
    it = iter(x)
    print(next(it), next(it, "end"), next(it, "end"), list(it), iter(it) is it)
a = iter([1, 2, 3, 4, 5])
for x in a:
    if x == 2:
        break
print(list(a))
b = iter("abcdef")
print([c + next(b) for c in b])
n = [0]


def step():
    n[0] += 1
    return n[0]


print(list(iter(step, 5)), n, list(reversed([1, 2])))
print(next(reversed("xyz")), list(reversed(range(3))))
