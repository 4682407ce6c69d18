"""Methods of object, type, property and exceptions called unbound, with too few and too many arguments, and with a keyword."""


class Foreign:
    pass


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


def misuse(receiver, least, most, *names):
    owner = type(receiver)
    for name in names:
        method = getattr(owner, name)
        label = owner.__name__ + "." + name
        attempt(label + "()", method)
        attempt(label + "(foreign)", method, Foreign(), *["a"] * least)
        if least > 0:
            attempt(label + " too few", method, receiver, *["a"] * (least - 1))
        attempt(label + " too many", method, receiver, *["a"] * (most + 1))
        attempt(label + " keyword", method, receiver, *["a"] * least, wrong=1)


misuse(Foreign(), 0, 0, "__repr__", "__str__", "__hash__")
misuse(Foreign(), 1, 1, "__eq__", "__ne__", "__format__")
misuse(Foreign(), 2, 2, "__setattr__")
misuse(property(len), 1, 1, "setter", "getter")
attempt("mro()", type.mro)
attempt("mro(foreign)", type.mro, Foreign())
attempt("object.__repr__()", object.__repr__)
attempt("object.__init__()", object.__init__)
attempt("object.__init__ too many", object.__init__, object(), 1)
attempt("object.__init__ keyword", object.__init__, Foreign(), wrong=1)
for cls in [BaseException, Exception, ValueError, KeyError, TypeError]:
    label = cls.__name__
    attempt(label + ".__init__()", cls.__init__)
    attempt(label + ".__init__(foreign)", cls.__init__, Foreign())
    attempt(label + ".__init__(str)", cls.__init__, "message")
    attempt(label + ".__init__(Exception)", cls.__init__, Exception())
    attempt(label + ".__init__ keyword", cls.__init__, cls(), wrong=1)
    attempt(label + " keyword", cls, wrong=1)
    attempt(label + ".with_traceback()", cls.with_traceback)
    attempt(label + ".with_traceback(foreign)", cls.with_traceback, Foreign(), None)
    attempt(label + ".with_traceback too few", BaseException.with_traceback, cls)
attempt("names", ImportError, "x", wrong=1)
attempt("names of a child", ModuleNotFoundError, path="x", wrong=1)
for error in [ImportError("x", name="m", path="p"), AttributeError(name="n", obj=3)]:
    print(repr(error), error.name, getattr(error, "path", None), getattr(error, "obj", None))
