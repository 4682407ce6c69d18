"""What is left when a program ends is closed then, in whatever order, while its names still stand."""
import threading

closed = []


def told(*words):
    """The last of them prints what all have said."""
    closed.append(words)
    if len(closed) == 4:
        for words in sorted(closed):
            print(*words)


def helper(name):
    return "helped " + name


class Manager:
    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        told("left", kind.__name__, helper("with"))


def guarded(name):
    try:
        yield name
    finally:
        told("finally", helper(name), lock.locked())


def managed():
    with Manager():
        yield 1


lock = threading.Lock()
first = guarded("first")
next(first)
second = managed()
next(second)
third = [guarded("third")]
next(third[0])
not_begun = guarded("not begun")
ring = [guarded("ring")]
ring.append(ring)
next(ring[0])
print("the program ends")
