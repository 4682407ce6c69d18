"""An error caught and raised again shows where it came from."""


def inner():
    raise KeyError("lost")


def outer():
    try:
        inner()
    except KeyError:
        print("noticed")
        raise


outer()
