"""frozenset: a set that hashes."""
f = frozenset([1, 2, 3])
print(len(f), 2 in f, sorted(f | {9}), sorted(f & {1}), f == {1, 2, 3}, frozenset() == set())
print(type(f | {1}).__name__, type({1} | f).__name__, frozenset([5]), frozenset())
d = {f: "value", frozenset(): "empty"}
print(d[frozenset([3, 2, 1])], d[frozenset()], hash(f) == hash(frozenset((3, 1, 2))))
