"""Methods of bytes called unbound, with too few and too many arguments, and with a keyword."""


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


misuse(b"x", 0, 0, "upper", "lower", "isalpha", "isdigit", "isalnum", "isspace", "isupper",
       "islower", "isascii")
misuse(b"x", 0, 1, "strip", "lstrip", "rstrip", "splitlines")
misuse(b"x", 1, 1, "removeprefix", "removesuffix", "zfill", "join", "partition", "rpartition")
misuse(b"x", 1, 2, "center", "ljust", "rjust")
misuse(b"x", 2, 3, "replace")
misuse(b"x", 1, 3, "find", "rfind", "index", "rindex", "count", "startswith", "endswith")
misuse(b"x", 0, 2, "split", "rsplit", "decode", "hex")
attempt("fromhex()", bytes.fromhex)
attempt("fromhex too many", bytes.fromhex, "00", "00")
attempt("fromhex keyword", bytes.fromhex, "00", wrong=1)
