"""Floor division and modulo round toward minus infinity for every pair of signs."""
for a in (7, -7, 6, -6, 0, 1, -1):
    for b in (3, -3, 2, -2, 1, -1, 10, -10):
        q = a // b
        r = a % b
        print(a, b, q, r, divmod(a, b) == (q, r), q * b + r == a)
