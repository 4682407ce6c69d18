"""A dedent to a level that was never there."""
if True:
        x = 1
    y = 2
