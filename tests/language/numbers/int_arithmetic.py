"""The four operations, powers and signs of small integers."""
a = 17
b = 5
print(a + b, a - b, a * b, a / b, a // b, a % b, a ** b)
print(-a, +a, ~a, abs(-a))
print(0 * -1, 0 - 0, 1 - 1)
print(2 ** 0, 0 ** 0, 1 ** 1000, (-1) ** 7, (-2) ** 3)
print(2 ** -1, 10 ** -2, (-2) ** -3)
print(7 - 3 - 2, 2 ** 3 ** 2, -2 ** 2, (2 + 3) * 4, 2 + 3 * 4)
print(1_000_000 + 1, 0xFF, 0o17, 0b1011)
