"""Numbers as fractions and as complex numbers without imaginary part."""
print((0.5).as_integer_ratio(), (-0.75).as_integer_ratio(), (3.0).as_integer_ratio())
print((0.1).as_integer_ratio(), (7).as_integer_ratio(), (0.0).as_integer_ratio())
print((7).conjugate(), (3).numerator, (3).denominator, (5).real, (5).imag, (2.5).real, (2.5).imag)
print(True.numerator, (2 ** 80).numerator, (2.5).conjugate())
