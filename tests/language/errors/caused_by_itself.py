"""An exception that is its own cause is printed once."""
error = ValueError("itself")
print("raising")
raise error from error
