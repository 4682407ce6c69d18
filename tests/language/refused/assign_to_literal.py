"""A literal is no target."""
x = 1
5 = x
