"""Two exceptions that are each other's cause: the circle is shown once."""
first = ValueError("first")
second = KeyError("second")
try:
    raise first from second
except ValueError as error:
    print(error.__cause__ is second)
raise second from first
