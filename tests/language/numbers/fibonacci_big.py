"""A loop that grows from small integers into hundreds of digits."""
a, b = 0, 1
for i in range(500):
    a, b = b, a + b
    if i % 50 == 0 or 88 <= i <= 94:
        print(i, a)
print(len(str(a)), a % 1000007, a & 0xFFFF)
while a > 1:
    a, b = b - a, a
print(a, b)
