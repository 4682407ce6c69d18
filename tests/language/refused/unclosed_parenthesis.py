"""A parenthesis that nobody closes."""
x = 1
print((x, 2)
y = 3
