"""reverse in place, reversed as an iterator, copies that are shallow."""
a = [1, 2, 3, 4]
print(a.reverse(), a, list(reversed(a)), a[::-1])
r = reversed(a)
print(next(r), next(r), list(r), list(r))
b = a.copy()
b.append(5)
print(a, b)
deep = [[1], [2]]
shallow = deep.copy()
shallow[0].append("shared")
shallow[1] = "own"
print(deep, shallow)
one = [7]
one.reverse()
empty = []
empty.reverse()
print(one, empty)
