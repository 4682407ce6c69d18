"""Methods of list, tuple, range and slice called unbound, with too few and too many arguments, and with a keyword."""


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


misuse([], 1, 1, "append", "extend", "remove", "count")
misuse([], 2, 2, "insert")
misuse([], 0, 1, "pop")
misuse([], 1, 3, "index")
misuse([], 0, 0, "reverse", "copy", "clear", "sort")
misuse([], 0, 0, "__len__", "__iter__", "__reversed__")
misuse([], 1, 1, "__getitem__", "__delitem__", "__contains__")
misuse([], 2, 2, "__setitem__")
misuse((), 1, 3, "index")
misuse((), 1, 1, "count", "__getitem__", "__contains__")
misuse((), 0, 0, "__len__", "__iter__")
misuse(range(3), 1, 1, "index", "count", "__getitem__", "__contains__")
misuse(range(3), 0, 0, "__len__", "__iter__", "__reversed__")
misuse(slice(1), 1, 1, "indices")
attempt("sort by position", [].sort, None, True)
attempt("tuple for a list", list.append, (), 1)
attempt("list for a tuple", tuple.count, [], 1)
