"""An index out of range on the third line of an expression."""
a = [1, 2, 3]
print(
    a[0],
    a[1],
    a[7],
)
