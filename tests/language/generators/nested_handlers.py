"""A generator that yields while it handles several errors, each raised under the one before."""


def nested():
    try:
        raise ValueError("outer")
    except ValueError:
        try:
            raise KeyError("inner")
        except KeyError:
            yield "both handled"
            try:
                raise
            except KeyError as error:
                yield repr(error), repr(error.__context__)
        try:
            raise
        except ValueError as error:
            yield repr(error), repr(error.__context__)
    yield "none handled"
    try:
        raise
    except RuntimeError as error:
        yield str(error)


print(list(nested()))


def in_finally():
    try:
        try:
            raise ValueError("first")
        finally:
            try:
                raise IndexError("second")
            except IndexError as error:
                yield repr(error.__context__)
            yield "one left"
    except ValueError as error:
        yield repr(error)


print(list(in_finally()))


def handled_here():
    try:
        raise
    except (RuntimeError, OSError) as error:
        return repr(error)


# While it is suspended, the caller handles what the caller handles.
g = nested()
print(next(g), handled_here())
try:
    raise OSError("the caller's")
except OSError:
    print(next(g), handled_here())
    print(next(g), handled_here())
    print(next(g), handled_here())
    # Not handling one of its own, it reraises its caller's.
    try:
        next(g)
    except OSError as error:
        print("reraised", repr(error))
print(handled_here())

# Left in the middle: by an error, by close(), by its last reference.
g = nested()
next(g)
try:
    g.throw(TypeError("thrown"))
except TypeError as error:
    print(repr(error), repr(error.__context__), repr(error.__context__.__context__))
g = nested()
next(g)
g.close()
print(list(g), handled_here())
for text in nested():
    print(text)
    break
g = None
print(handled_here())
