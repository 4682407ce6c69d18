"""Methods of iterators called unbound, with too few and too many arguments, and with a keyword."""


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


misuse(iter([1]), 0, 0, "__iter__", "__next__")
misuse(iter(()), 0, 0, "__iter__", "__next__")
misuse(iter(""), 0, 0, "__iter__", "__next__")
misuse(iter(b""), 0, 0, "__iter__", "__next__")
misuse(iter(range(1)), 0, 0, "__iter__", "__next__")
misuse(iter({}), 0, 0, "__iter__", "__next__")
misuse(iter({}.values()), 0, 0, "__iter__", "__next__")
misuse(iter(set()), 0, 0, "__iter__", "__next__")
misuse(enumerate([]), 0, 0, "__iter__", "__next__")
misuse(zip(), 0, 0, "__iter__", "__next__")
misuse(map(str, []), 0, 0, "__iter__", "__next__")
misuse(filter(None, []), 0, 0, "__iter__", "__next__")
misuse(reversed(()), 0, 0, "__iter__", "__next__")
attempt("another iterator", type(iter([])).__next__, iter(()))
attempt("another wrapper", zip.__next__, enumerate([]))
