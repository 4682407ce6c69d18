"""assert with and without a message."""


def check(condition, *message):
    try:
        if message:
            assert condition, message[0]
        else:
            assert condition
    except AssertionError as error:
        print(repr(error), error.args, str(error))
    else:
        print("holds", condition)


check(True)
check([0])
check(False)
check(0, "zero")
check("", ["a", "list"])
check(None, None)
check(1 > 2, f"{1} > {2}")


def loud():
    print("only when it fails")
    return "text"


assert True, loud()
try:
    assert not True, loud()
except AssertionError as error:
    print(error)
