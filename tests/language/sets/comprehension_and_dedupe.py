"""Removing duplicates with a set while keeping order."""
data = [3, 1, 3, 2, 1, 5, 3]
seen = set()
unique = []
for x in data:
    if x not in seen:
        seen.add(x)
        unique.append(x)
print(unique, sorted(seen), len(data) - len(seen))
print(sorted({x % 3 for x in range(20)}), sorted({c for c in "hello" if c != "l"}))
print(sorted({(x, y) for x in range(3) for y in range(3) if x != y}))
primes = set(range(2, 50))
for n in range(2, 8):
    primes -= set(range(2 * n, 50, n))
print(sorted(primes))
