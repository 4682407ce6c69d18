"""nonlocal needs an enclosing function."""
x = 1
nonlocal y
