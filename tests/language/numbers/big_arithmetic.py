"""Sums, products, quotients and powers of integers far beyond 64 bits."""
a = 123456789012345678901234567890
b = 987654321098765432109876543210
print(a + b, a - b, b - a)
print(a * b)
print(b // a, b % a, -b // a, -b % a, b // -a, b % -a)
print(divmod(a ** 3, b), divmod(-(a ** 3), b))
print(2 ** 200, (-3) ** 101)
print(a > b, a < b, a == a + 0, a != b, a >= a, a <= b)
print(a // 10 ** 20, a % 10 ** 10, -a // 10 ** 20, -a % 10 ** 10)
print(b / a, a / b, a / 1000, 1000 / a)
