"""Methods of generators called unbound, with too few and too many arguments, and with a keyword."""


class Foreign:
    pass


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


def numbers():
    yield 1


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


misuse(numbers(), 0, 0, "__iter__", "__next__", "close")
misuse(numbers(), 1, 1, "send")
method = type(numbers()).throw
attempt("throw()", method)
attempt("throw(foreign)", method, Foreign(), ValueError)
attempt("throw too few", method, numbers())
attempt("throw too many", method, numbers(), 1, 2, 3, 4)
attempt("throw keyword", method, numbers(), ValueError, wrong=1)
attempt("list iterator", type(numbers()).__next__, iter([]))
