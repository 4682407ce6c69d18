"""Comprehensions doing real work: sieves, triples, transposes, inversions."""
print([n for n in range(2, 60) if all([n % d for d in range(2, n)])])
n = 20
sides = [(a, b) for a in range(1, n) for b in range(a, n)]
print([(a, b, c) for a, b in sides for c in range(b, n) if a * a + b * b == c * c])
m = [[1, 2, 3], [4, 5, 6]]
print([[row[i] for row in m] for i in range(3)], [sum(col) for col in zip(*m)])
text = "the rain in spain"
print({w: [i for i, v in enumerate(text.split()) if v == w] for w in text.split()})
print(sorted({c for c in text if c not in "aeiou "}), [w[::-1] for w in text.split()])
queens = [[]]
for row in range(6):
    queens = [q + [c] for q in queens for c in range(6)
              if all([c != d and abs(c - d) != row - r for r, d in enumerate(q)])]
print(queens)
