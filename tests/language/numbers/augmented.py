"""Augmented assignment of numbers makes new values and leaves other names alone."""
a = b = 10
a += 5
print(a, b)
a -= 20
print(a, b)
a *= -3
print(a, b)
a //= 4
print(a, b)
a **= 2
print(a, b)
a %= 7
print(a, b)
a <<= 70
print(a, b)
a >>= 69
print(a, b)
a |= 8
a &= 12
a ^= 5
print(a, b)
a /= 4
print(a, b)
a += True
print(a, b)
