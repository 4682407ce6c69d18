"""enumerate with starts, zip of unequal lengths, and unpacking both."""
print(list(enumerate("abc")), list(enumerate([], 5)))
print(list(enumerate("xy", start=1)), list(enumerate("z", -1)))
print(list(zip([1, 2, 3], "ab")), list(zip()))
print(list(zip([1])), list(zip("ab", range(9), [True, None])))
for i, (a, b) in enumerate(zip("ab", "cd"), 10):
    print(i, a, b)
pairs = [(1, "a"), (2, "b")]
numbers, letters = zip(*pairs)
print(numbers, letters, dict(zip(letters, numbers)), list(zip(*[])))
z = zip([1, 2], [3, 4])
print(next(z), list(z), list(z))
e = enumerate("pq")
print(next(e), next(e), next(e, "end"))
it = iter([1, 2, 3, 4])
print(list(zip(it, it)), [x + y for x, y in zip([1, 2], [10, 20])])
