"""Format specs of floats: f, e, g, %, n digits, grouping, signs and infinities."""
for spec in ("", "f", ".0f", ".2f", "10.3f", "<10.3f", "e", ".2e", "E", "g", ".3g", "G", ".1%"):
    print(spec.ljust(6), [format(x, spec) for x in (0.0, 1.5, -2.25, 1234567.891, 1e-7, 1e20)])
for spec in ("+.2f", " .1f", ",.2f", "010.2f", "*^12.1f", "=+10.1f", ".3", "10", "#.0f", "-", "%"):
    print(spec.ljust(6), [format(x, spec) for x in (3.14159, -12345.678, 100.0)])
print([format(float(x), ".2f") for x in ("inf", "-inf", "nan")], format(float("inf"), "F"))
print(format(float("nan"), "08"), format(-0.0, ".1f"), format(0.5, ".0f"), format(2.5, ".0f"))
print(format(1e16, ""), format(1e16, ".17g"), format(0.1, ".20f"), format(123.456, ".10g"))
