"""Recursive functions: factorial, Ackermann, towers, permutations, flattening."""


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def hanoi(n, a="A", b="B", c="C"):
    return [] if n == 0 else hanoi(n - 1, a, c, b) + [a + c] + hanoi(n - 1, b, a, c)


def permutations(items):
    if not items:
        return [[]]
    return [[x] + p for i, x in enumerate(items) for p in permutations(items[:i] + items[i + 1 :])]


def flatten(x):
    return [x] if not isinstance(x, list) else [z for y in x for z in flatten(y)]


print(factorial(10), factorial(25), ackermann(2, 3), hanoi(3), len(hanoi(7)))
print(permutations([1, 2, 3]), flatten([1, [2, [3, []], 4], [[5]]]))
