"""Methods of str called unbound, with too few and too many arguments, and with a keyword."""


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


misuse("x", 0, 0, "upper", "lower", "title", "capitalize", "swapcase", "casefold", "isalpha",
       "isdigit", "isdecimal", "isnumeric", "isalnum", "isspace", "isupper", "islower", "istitle",
       "isidentifier", "isprintable", "isascii")
misuse("x", 0, 1, "strip", "lstrip", "rstrip", "expandtabs", "splitlines")
misuse("x", 1, 1, "removeprefix", "removesuffix", "zfill", "join", "partition", "rpartition",
       "format_map", "translate")
misuse("x", 1, 2, "center", "ljust", "rjust")
misuse("x", 2, 3, "replace")
misuse("x", 1, 3, "find", "rfind", "index", "rindex", "count", "startswith", "endswith")
misuse("x", 0, 2, "split", "rsplit", "encode")
attempt("format()", str.format)
attempt("format(foreign)", str.format, Foreign())
attempt("maketrans()", str.maketrans)
attempt("maketrans too many", "".maketrans, "a", "a", "a", "a")
attempt("maketrans keyword", str.maketrans, "a", x=1)
attempt("encode twice", "x".encode, "utf-8", encoding="utf-8")
attempt("split twice", "x".split, "x", sep="x")
