"""Positional arguments come first."""
print(end="", "x")
