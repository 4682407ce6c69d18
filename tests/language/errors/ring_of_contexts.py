"""A ring of contexts ends neither the raising nor the printing of another exception."""
first, second = KeyError("first"), ValueError("second")
first.__context__ = second
second.__context__ = first
try:
    raise first
except KeyError as error:
    print("handling", repr(error), repr(error.__context__))
    raise TypeError("third")
