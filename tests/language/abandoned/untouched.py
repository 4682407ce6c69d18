"""Nothing runs in a generator that has not begun, has ended, or is suspended outside every try."""


def guarded(where):
    yield "before"
    try:
        yield "inside"
    except ValueError:
        yield "handling"
    else:
        yield "else"
    finally:
        print("finally of", where)
    yield "after"


g = guarded("not begun")
g = None
g = guarded("before")
print(next(g))
g = None
g = guarded("inside")
print(next(g), next(g))
g = None
g = guarded("else")
print(next(g), next(g), next(g))
g = None
g = guarded("after")
print(next(g), next(g), next(g), next(g))
print("dropping the one after its try")
g = None
g = guarded("handling")
print(next(g), next(g), g.throw(ValueError))
g = None
g = guarded("the end")
print(list(g))
g = None
g = guarded("closed")
print(next(g), next(g))
g.close()
print("closed")
g = None
g = guarded("thrown out of")
print(next(g), next(g))
try:
    g.throw(KeyError("k"))
except KeyError as error:
    print(repr(error))
g = None
print("end")
