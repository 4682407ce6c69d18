"""What a generator may do when it is closed for its death: catch, return, begin others, come back."""


def catches():
    try:
        yield 1
    except GeneratorExit as error:
        print("caught", repr(error))


def catches_another():
    try:
        yield 1
    except ValueError:
        print("not for this")
    print("nor this")


def returns():
    try:
        yield 1
    finally:
        return 5


def raises_again():
    try:
        yield 1
    except GeneratorExit:
        print("raised again")
        raise


def stops():
    try:
        yield 1
    except GeneratorExit:
        print("stops")
        raise StopIteration


def works():
    try:
        yield 1
    finally:
        print(sum(x * x for x in range(10)), sorted([3, 1, 2]))
        try:
            {}["missing"]
        except KeyError as error:
            print("key error inside", error)


for make in (catches, catches_another, returns, raises_again, works):
    generator = make()
    next(generator)
    generator = None
    print("after", make.__name__)

kept = []


def comes_back(me):
    try:
        yield 1
    finally:
        print("kept by its finally")
        kept.append(me[0])


box = [None]
box[0] = comes_back(box)
next(box[0])
box[0].close()
print(kept == [box[0]], list(kept.pop()))


def begins_another(depth):
    try:
        yield depth
    finally:
        print("depth", depth)
        if depth > 0:
            other = begins_another(depth - 1)
            next(other)


g = begins_another(3)
next(g)
g = None
print("all have ended")


def closes(other):
    try:
        yield 1
    finally:
        other.close()
        print("closed the other")


o = begins_another(0)
next(o)
g = closes(o)
next(g)
g = None
print("both closed", list(o))

handled = None


def in_handler():
    try:
        yield 1
    finally:
        print("in flight:", "nothing is lost")


try:
    g = in_handler()
    next(g)
    raise KeyError("outer")
except KeyError as error:
    g = None
    print("still", repr(error))
try:
    try:
        raise KeyError("first")
    except KeyError:
        g = in_handler()
        next(g)
        g = None
        raise
except KeyError as error:
    print("again", repr(error), error.__context__)
try:
    raise ValueError("out of a loop") if [v for v in [1]] else None
except ValueError as error:
    print(error)


def fails():
    for value in in_handler():
        raise ValueError("left by an error")


try:
    fails()
except ValueError as error:
    print(error)


def while_handling():
    try:
        raise KeyError("inside")
    except KeyError as error:
        try:
            yield error
        finally:
            print("was handling", repr(error))


g = while_handling()
next(g)
g = None
print("end")
