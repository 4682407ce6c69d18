"""Bit operations of small integers, negative ones included."""
for a in (0, 1, 5, 12, -1, -5, -12):
    for b in (3, 10, -2):
        print(a, b, a & b, a | b, a ^ b)
print(~0, ~1, ~-1, ~-100)
print(1 << 10, -1 << 10, 5 << 0, 0 << 100)
print(1024 >> 3, -1024 >> 3, -1 >> 5, 7 >> 100, -7 >> 100, 5 >> 0)
print(6 & 3 | 8 ^ 1, 1 | 2 << 3 & 31)
