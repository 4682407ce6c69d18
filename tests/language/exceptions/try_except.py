"""try, except, else and finally, in every combination."""


def run(action):
    try:
        print("try", end=" ")
        result = action()
    except ZeroDivisionError:
        print("zero", end=" ")
        result = "z"
    except (KeyError, IndexError) as error:
        print("lookup", type(error).__name__, end=" ")
        result = "l"
    except ValueError as error:
        print("value", error, end=" ")
        result = "v"
    else:
        print("else", end=" ")
    finally:
        print("finally", end=" ")
    return result


print(run(lambda: 1))
print(run(lambda: 1 // 0))
print(run(lambda: {}["k"]))
print(run(lambda: [][1]))
print(run(lambda: int("x")))
try:
    run(lambda: None + 1)
except TypeError as error:
    print("outer", error)
