"""Bit operations and shifts of big and negative integers follow endless two's complement."""
a = 0xFFFFFFFFFFFFFFFFFFFF
b = -0x123456789ABCDEF0123
print(a & b, a | b, a ^ b, ~a, ~b)
print(a & 0xFF, b & 0xFF, b | 0xFF, b ^ 0xFF)
print(1 << 63, 1 << 64, -1 << 63, -1 << 64, 1 << 100)
print(a >> 40, b >> 40, a >> 200, b >> 200)
print((1 << 64) >> 1, (1 << 64) >> 64, -(1 << 64) >> 65)
print(a.bit_length(), b.bit_length(), (0).bit_length(), (255).bit_length(), (-256).bit_length())
print(hex(a), hex(b), bin(1 << 65), oct(-(1 << 66)))
