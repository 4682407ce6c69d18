"""sorted and reversed over every kind of iterable."""
print(sorted([2, 1]), sorted((2, 1)), sorted("ba"))
print(sorted({"b": 1, "a": 2}), sorted({2, 1}), sorted(b"ba"))
print(sorted({"x": 3, "y": 1}.items(), key=lambda kv: kv[1]))
print(sorted([1, 2.5, True, -1]), sorted(map(abs, [-3, 2])))
print(list(reversed([1, 2])), list(reversed("ab")))
print(list(reversed((1,))), list(reversed({"p": 1, "q": 2})))
print(sorted([[2], [1, 5], []]), sorted([("b", 1), ("a", 2)], reverse=True))
print(sorted(["10", "9", "1"], key=int))
calls = []


def key(x):
    calls.append(x)
    return -x


print(sorted([1, 3, 2], key=key), calls)
print(sorted([3, 1, 2], key=None, reverse=False))
print(sorted(["b", "A"], key=lambda s: s.lower(), reverse=True))
