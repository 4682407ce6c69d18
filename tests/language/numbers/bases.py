"""bin(), oct() and hex() of positive, negative and big numbers."""
for n in (0, 1, 8, 255, -1, -255, True, 2 ** 64, -(2 ** 70)):
    print(n, bin(n), oct(n), hex(n))
for n in (10, 255, -4096):
    print(int(hex(n), 16) == n, int(bin(n), 2) == n, int(oct(n), 8) == n)
