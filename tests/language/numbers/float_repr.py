"""The repr of a float is the shortest that reads back to the same value."""
for x in (0.0, -0.0, 1.0, 0.1, 0.2, 0.1 + 0.2, 1 / 3, 2 / 3, 100.0, 123456.789):
    print(x, repr(x), str(x))
for x in (1e15, 1e16, 1e17, 123456789012345678.0, 1e22, 1e23, 1.5e300, 1e-4, 1e-5, 0.00012345):
    print(x, -x)
print(5e-324, 2.2250738585072014e-308, 1.7976931348623157e308)
print(float("inf"), float("-inf"), float("nan"), 1e308 * 10, -1e308 * 10)
print([1.0, 2.5, 1e100], (0.5,), {1.5: 2.5})
print(9007199254740993.0, 4503599627370496.5, 3.14159265358979)
