"""What is raised gets the handled exception as its context, and is never its own."""


def chain(error):
    names = []
    while error is not None and len(names) < 6:
        names.append(str(error))
        error = error.__context__
    return " < ".join(names)


a, b, c, d = [ValueError(name) for name in "abcd"]
try:
    try:
        raise a
    except ValueError:
        try:
            raise b
        except ValueError:
            raise c
except ValueError as error:
    print("raised in turn:", chain(error))

# b is in what leads to c: the chain is cut before it.
try:
    try:
        raise c
    except ValueError:
        raise b
except ValueError as error:
    print("again, the other way round:", chain(error), "|", chain(c), "|", chain(a))

# Raised again somewhere else, it has another context.
try:
    try:
        raise d
    except ValueError:
        raise c
except ValueError as error:
    print("somewhere else:", chain(error))

# Itself handled: nothing changes.
try:
    try:
        raise c
    except ValueError as error:
        raise error
except ValueError as error:
    print("itself:", chain(error))

# With a cause it has a context all the same.
try:
    try:
        raise a
    except ValueError:
        raise d from b
except ValueError as error:
    print("with a cause:", chain(error), "| cause", error.__cause__, error.__suppress_context__)

# A ring that was there before stays one.
for length in range(1, 8):
    ring = [ValueError(str(i)) for i in range(length)]
    for i in range(length):
        ring[i].__context__ = ring[(i + 1) % length]
    entry = ValueError("entry")
    entry.__context__ = ring[0]
    try:
        try:
            raise entry
        except ValueError:
            raise KeyError("last")
    except KeyError as error:
        print(length, chain(error), "|", chain(ring[-1]))
    for one in ring:
        one.__context__ = None
