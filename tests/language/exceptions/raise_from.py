"""raise ... from sets the cause; an error in a handler sets the context."""


def convert(text):
    try:
        return int(text)
    except ValueError as error:
        raise TypeError("not a number") from error


try:
    convert("abc")
except TypeError as error:
    print(error, "|", error.__cause__, "|")
    print(type(error.__cause__).__name__, error.__suppress_context__)
try:
    try:
        {}["k"]
    except KeyError:
        [][0]
except IndexError as error:
    print(error, repr(error.__context__), error.__cause__, error.__suppress_context__)
try:
    try:
        1 // 0
    except ZeroDivisionError:
        raise ValueError("hidden") from None
except ValueError as error:
    print(error, error.__cause__, error.__suppress_context__, type(error.__context__).__name__)
try:
    raise ValueError("x") from KeyError("made here")
except ValueError as error:
    print(repr(error.__cause__))
