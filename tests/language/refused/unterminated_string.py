"""A string without its end."""
x = "abc
