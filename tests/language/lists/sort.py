"""sort and sorted: keys, reverse, stability, and the list left in place."""
a = [3, 1, 2, 10, -5, 2.5]
print(sorted(a), a, sorted(a, reverse=True))
print(a.sort(), a)
a.sort(reverse=True)
print(a)
words = ["banana", "Apple", "cherry", "apple", "fig", "date"]
print(sorted(words), sorted(words, key=str.lower), sorted(words, key=len))
print(sorted(words, key=len, reverse=True), sorted(words, key=lambda w: (len(w), w)))
pairs = [("b", 2), ("a", 1), ("c", 2), ("d", 1), ("e", 2)]
print(sorted(pairs, key=lambda p: p[1]), sorted(pairs, key=lambda p: p[1], reverse=True))
print(sorted(pairs), sorted([[2, 1], [1, 5], [1]]), sorted([True, False, 0.5]), sorted([]))
print(sorted("hello"), sorted((3, 1)), sorted({"z": 1, "y": 2}))
print(sorted({3, 1, 2}), sorted(range(3, 0, -1)))
