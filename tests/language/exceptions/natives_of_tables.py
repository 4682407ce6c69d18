"""Methods of dict, its views, set and frozenset called unbound, with too few and too many arguments, and with a keyword."""


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


misuse({}, 1, 2, "get", "setdefault", "pop")
misuse({}, 0, 0, "popitem", "copy", "clear", "keys", "values", "items", "__len__", "__iter__",
       "__reversed__")
misuse({}, 1, 1, "__getitem__", "__delitem__", "__contains__")
misuse({}, 2, 2, "__setitem__")
misuse({}.keys(), 1, 1, "isdisjoint", "__contains__")
misuse({}.keys(), 0, 0, "__len__", "__iter__", "__reversed__")
misuse({}.items(), 1, 1, "isdisjoint", "__contains__")
misuse({}.items(), 0, 0, "__len__", "__iter__", "__reversed__")
misuse({}.values(), 0, 0, "__len__", "__iter__", "__reversed__")
misuse(set(), 0, 0, "copy", "__len__", "__iter__")
misuse(set(), 1, 1, "symmetric_difference", "isdisjoint", "issubset", "issuperset", "__contains__")
misuse(set(), 1, 1, "add", "discard", "remove", "symmetric_difference_update")
misuse(set(), 0, 0, "pop", "clear")
misuse(frozenset(), 0, 0, "copy", "__len__", "__iter__")
misuse(frozenset(), 1, 1, "symmetric_difference", "isdisjoint", "issubset", "issuperset",
       "__contains__")
attempt("update()", dict.update)
attempt("update(foreign)", dict.update, Foreign())
attempt("update too many", {}.update, {}, {})
attempt("update keyword", {}.update, wrong=1)
attempt("fromkeys()", dict.fromkeys)
attempt("fromkeys too many", dict.fromkeys, "a", "b", "c")
attempt("fromkeys keyword", dict.fromkeys, "a", wrong=1)
for name in ["union", "intersection", "difference", "update", "intersection_update",
             "difference_update"]:
    method = getattr(set, name)
    attempt(name + "()", method)
    attempt(name + "(foreign)", method, Foreign(), [1])
    attempt(name + "(frozenset)", method, frozenset(), [1])
    attempt(name + " keyword", method, set(), wrong=1)
attempt("frozenset is no set", set.isdisjoint, frozenset(), [1])
attempt("set is no frozenset", frozenset.isdisjoint, set(), [1])
attempt("items for keys", type({}.keys()).isdisjoint, {}.items(), [1])
