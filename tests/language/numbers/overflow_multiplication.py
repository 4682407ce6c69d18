"""Products that overflow 64 bits become big and exact quotients become small again."""
a = 3037000500
print(a * a, -a * a, (a - 1) * (a - 1))
print(4294967296 * 4294967296, 4294967296 * -2147483648, -4294967296 * -2147483648)
p = 1
for i in range(1, 31):
    p *= i
print(p)
for i in range(30, 0, -1):
    p //= i
print(p, p == 1)
n = 1
for i in range(70):
    n *= -2
print(n, n * 0, n * 1, n * -1, n // n)
print(9223372036854775807 * 1, 9223372036854775807 * -1, -9223372036854775808 * -1)
