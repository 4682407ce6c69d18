"""A call is no target."""
len("x") = 3
