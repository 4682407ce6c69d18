"""raise alone raises the current exception again; handlers nest."""


def work(n):
    try:
        return 10 // n
    except ZeroDivisionError:
        print("noted", end=" ")
        raise


try:
    work(0)
except ZeroDivisionError as error:
    print("again:", error)
try:
    try:
        raise KeyError("first")
    except KeyError as error:
        saved = error
        try:
            raise ValueError("second")
        except ValueError as inner:
            print("inner", inner, inner.__context__ is saved)
        raise
except KeyError as error:
    print("outer", error, error is saved)
try:
    raise saved
except KeyError as error:
    print("kept object", error is saved)
try:
    raise
except RuntimeError as error:
    print(error)
