"""Format specs of strings: width, fill, alignment and precision."""
for spec in ("", "s", "8", "<8", ">8", "^8", "*^8", ".2", "8.3", ">8.3s", "é>6", "0"):
    print(spec.ljust(6), [format(s, spec) for s in ("", "ab", "abcdefghij", "中文")])
print(f"{'left':<10}|{'right':>10}|{'mid':^10}|", f"{'x':->5}{'y':=<5}")
for row in (("name", "count"), ("apple", 3), ("fig", 12)):
    print(f"{row[0]:<8}{row[1]:>6}")
print(format(None, ""), format([1], ""), format("a"), f"{str([1, 2]):>10}")
