"""Complex numbers are left out."""
x = 1
y = x + 2j
