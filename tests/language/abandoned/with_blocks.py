"""A generator that is given up inside a with leaves it: GeneratorExit is what __exit__ sees."""
import threading


class Manager:
    def __init__(self, name, swallow=False):
        self.name = name
        self.swallow = swallow

    def __enter__(self):
        print("enter", self.name)
        return self

    def __exit__(self, kind, value, traceback):
        print("leave", self.name, kind, repr(value), traceback is not None)
        return self.swallow


def nested():
    with Manager("outer"):
        with Manager("inner"):
            yield 1


for value in nested():
    break
print("after the loop")


def swallowed():
    with Manager("swallows", True):
        yield 1
    print("goes on after the with")


g = swallowed()
next(g)
g = None
print("dropped")

lock = threading.Lock()


def locked():
    with lock:
        yield "held"


for value in locked():
    print(value, lock.locked())
    break
print("free again:", not lock.locked())
with lock:
    print("taken again")
held = locked()
next(held)
del held
print(lock.acquire(False))
lock.release()


def first_lines(count):
    with Manager("file") as opened:
        for line in range(count):
            yield opened.name, line


def only_first():
    for line in first_lines(10):
        return line


print(only_first())
print("end")
