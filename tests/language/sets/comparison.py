"""Sets compare as subsets and supersets, not by order."""
a = {1, 2}
b = {1, 2, 3}
print(a < b, a <= b, b > a, b >= a, a == b, a != b, a <= a, a < a, {2, 1} == a)
print(a < {5, 6, 7}, a > {5}, a.issubset(b), b.issuperset(a), a.isdisjoint({3}), a.isdisjoint({1}))
print(set() < a, set() == {}, {1.0, True} == {1}, a.issubset([1, 2, 9]), a == frozenset([1, 2]))
print(not a <= {1}, {frozenset([1]), frozenset([1])} == {frozenset([1])})
