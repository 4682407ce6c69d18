"""__exit__ sees the error, and swallows it when it returns true."""


class Guard:
    def __init__(self, swallow):
        self.swallow = swallow

    def __enter__(self):
        print("enter", end=" ")
        return self

    def __exit__(self, kind, value, trace):
        print("exit", kind.__name__ if kind else None, value, trace is not None, end=" ")
        return self.swallow


with Guard(True):
    1 // 0
print("swallowed")
try:
    with Guard(False):
        {}["gone"]
except KeyError as error:
    print("passed on", error)
try:
    with Guard(False), Guard(True), Guard(False):
        raise ValueError("inner first")
    print("after")
finally:
    print("end")


class FailsToEnter:
    def __enter__(self):
        raise RuntimeError("no entry")

    def __exit__(self, *args):
        print("never")


try:
    with Guard(False), FailsToEnter():
        print("never")
except RuntimeError as error:
    print(error)
try:
    with 5:
        pass
except TypeError as error:
    print(error)
