"""The name bound by except is gone after its block."""
error = "before"
try:
    1 // 0
except ZeroDivisionError as error:
    print("in", error)
try:
    print(error)
except NameError as problem:
    print(problem)


def f():
    e = 1
    try:
        int("x")
    except ValueError as e:
        text = str(e)
    try:
        return e
    except UnboundLocalError as problem:
        return text, str(problem)


print(f())
kept = None
try:
    [][3]
except IndexError as e:
    kept = e
print(kept, type(kept).__name__)
