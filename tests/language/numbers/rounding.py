"""round() rounds halves to even, with and without digits, of floats and ints."""
for x in (0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 2.4999, 2.675, 1e15 + 0.5, 0.49999999999999994):
    print(x, round(x), type(round(x)).__name__)
print(round(2.675, 2), round(1.005, 2), round(3.14159, 3), round(-2.5678, 1), round(0.5, 0))
print(round(1234.5678, -2), round(1250.0, -2), round(1350.0, -2), round(5e20, -20))
print(round(15, -1), round(25, -1), round(-15, -1), round(12345, -3), round(7, 2), round(7))
print(round(1e300), round(123456789012345678901, -5), round(True), round(1.5, None))
print(round(float("inf"), 2), round(float("nan"), 2))
