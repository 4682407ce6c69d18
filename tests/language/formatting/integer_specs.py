"""Format specs of integers: width, sign, base, grouping, fill and alignment."""
for spec in ("", "d", "5", "<5", ">5", "^5", "=5", "05", "+", " ", "-", "*>6", "x=+8", ",", "_"):
    print(spec.ljust(5), [format(n, spec) for n in (0, 7, -42, 1234567)])
for spec in ("b", "o", "x", "X", "#b", "#o", "#x", "#X", "08b", "#010x", "_x", "_b", "c"):
    print(spec.ljust(5), [format(n, spec) for n in (65, 255)])
for spec in ("", ",", "_", "x", "#x", "+,", "50", "050,", "e", ".3f", "g"):
    print(spec.ljust(5), format(123456789012345678901234567890, spec))
print(format(-255, "#06x"), format(True, "d"), format(True, ""), format(5, ".1%"), format(-7, "e"))
