"""A table built with widths worked out at run time."""
rows = [("name", "qty", "price"), ("apple", 3, 0.5), ("watermelon", 12, 3.25), ("fig", 1000, 10.0)]
widths = [0, 0, 0]
for row in rows:
    for i, cell in enumerate(row):
        widths[i] = max(widths[i], len(str(cell)))
print(widths)
for row in rows:
    print(" | ".join([f"{str(c):<{w}}" for c, w in zip(row, widths)]))
print("-+-".join(["-" * w for w in widths]))
for name, qty, price in rows[1:]:
    print(f"{name:>{widths[0]}} {qty:{widths[1]},d} {qty * price:>10,.2f}")
