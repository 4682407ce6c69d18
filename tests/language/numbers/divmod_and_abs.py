"""divmod() and abs() of ints, floats and bools."""
print(divmod(17, 5), divmod(-17, 5), divmod(17, -5), divmod(-17, -5), divmod(0, 3))
print(divmod(17.5, 5), divmod(-17.5, 5), divmod(17, 0.5), divmod(1, 0.1))
print(divmod(True, 2), divmod(10 ** 25, 7), divmod(-(10 ** 25), 10 ** 12))
print(abs(5), abs(-5), abs(0), abs(-2.5), abs(-0.0), abs(True), abs(-(10 ** 30)))
