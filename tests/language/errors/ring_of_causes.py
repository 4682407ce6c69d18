"""Exceptions that cause each other are printed once each, the first cause first."""


def fail():
    first, second, third = KeyError("first"), ValueError("second"), TypeError("third")
    first.__cause__ = third
    second.__cause__ = first
    raise third from second


fail()
