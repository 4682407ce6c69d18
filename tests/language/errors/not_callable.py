"""Calling a value."""
x = 5
print(x)
x(1)
