"""A literal cannot be deleted."""
del 5
