"""__class__ and __dict__ of an instance take no other values."""


class Plain:
    pass


plain = Plain()
for name in ("__class__", "__dict__"):
    for value in (5, "text", [1], None):
        try:
            setattr(plain, name, value)
        except TypeError as error:
            print(error)
print(type(plain).__name__, plain.__class__ is Plain, plain.__dict__)


# object itself keeps nothing.
plain = object()
for change in [
    lambda: setattr(plain, "x", 1),
    lambda: plain.__setattr__("y", 1),
    lambda: setattr(plain, "__eq__", 1),
]:
    try:
        change()
    except AttributeError as error:
        print(error)
