"""Floor division, modulo and divmod of floats, with negative zero and mixed operands."""
for a in (7.5, -7.5, 6.0, -6.0, 0.0):
    for b in (2.0, -2.0, 0.5, -0.25, 4):
        print(a, b, a // b, a % b, divmod(a, b))
print(7 % 2.5, -7 % 2.5, 7 % -2.5, 1e300 % 7.0)
print(5 // 0.3, -5 // 0.3, 1.0 // 0.1, 1.0 % 0.1)
print(True % 0.75, 3 // 1.5)
