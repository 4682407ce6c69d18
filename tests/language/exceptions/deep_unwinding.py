"""An error passes through many frames, running every finally on its way."""
log = []


def descend(n):
    try:
        if n == 0:
            raise ValueError("bottom")
        return descend(n - 1)
    finally:
        log.append(n)


try:
    descend(8)
except ValueError as error:
    print(error, log)


def translate(n):
    if n == 0:
        return [][0]
    try:
        return translate(n - 1)
    except IndexError as error:
        raise KeyError(n) from error
    except KeyError as error:
        raise IndexError(str(error)) from None


for n in range(5):
    try:
        translate(n)
    except LookupError as error:
        print(n, repr(error), repr(error.__cause__))
