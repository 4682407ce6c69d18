"""What may be raised, and what happens when it may not."""


class NotAnError:
    pass


def check(value):
    try:
        raise value
    except BaseException as error:
        print(type(error).__name__, repr(str(error)))


check(ValueError)
check(ValueError("x"))
check(5)
check("text")
check(None)
check(NotAnError)
check(NotAnError())
check(StopIteration)
check(KeyboardInterrupt("stop"))
try:
    raise ValueError("a") from 5
except TypeError as error:
    print(error)
try:
    try:
        1 // 0
    except "text":
        print("never")
except TypeError as error:
    print(error)
try:
    try:
        1 // 0
    except (ValueError, 5):
        print("never")
except TypeError as error:
    print(error)
