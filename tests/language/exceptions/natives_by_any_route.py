"""A native is checked however it is reached: bound, unbound, by super(), by spreading, by a class."""


class Child(Exception):
    def __init__(self, message):
        Exception.__init__(message)


class Careless(Exception):
    def __init__(self, *args):
        super().__init__(*args, code=1)


class Plain:
    def __init__(self, *args, **keywords):
        super().__init__(*args, **keywords)


class Shown:
    def __repr__(self):
        return super().__repr__(1)

    def __eq__(self, other):
        return object.__eq__(self)


def attempt(label, function, *args, **keywords):
    try:
        print(label, type(function(*args, **keywords)).__name__)
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


attempt("no self", Child, "x")
attempt("keywords to super", Careless, 1)
attempt("nothing to super", Plain)
attempt("arguments to super", Plain, 1)
attempt("keywords to object", Plain, a=1)
attempt("repr of super", repr, Shown())
attempt("eq of object", Shown().__eq__, 1)
bound = [].append
attempt("bound too few", bound)
attempt("bound too many", bound, 1, 2)
attempt("bound spread", lambda: bound(*[1, 2, 3]))
attempt("bound keywords", lambda: bound(1, **{"x": 2}))
attempt("spread empty", lambda: list.append(*[]))
attempt("spread self", lambda: list.append(*[[]]))
attempt("spread foreign", lambda: list.append(*[(), 1]))
attempt("through type", lambda: type([]).append({}, 1))
attempt("through a class", lambda: Child.with_traceback(1, None))
attempt("dict by class", lambda: dict.keys([]))
attempt("str by map", lambda: list(map(str.upper, ["a", 1])))
attempt("str by sort", lambda: sorted(["b", 2], key=str.lower))
attempt("static", lambda: "".maketrans())
attempt("class method", lambda: {}.fromkeys())
attempt("class method spread", lambda: dict.fromkeys(*"abc"))
attempt("method as attribute", lambda: Child.__init__())
alias = print
attempt("alias", lambda: alias(nowhere=1))
for _ in range(3):  # by now every cache knows the place
    attempt("again", lambda: [].append())
    attempt("again", lambda: "x".join())
    attempt("again", lambda: Exception.__init__())
