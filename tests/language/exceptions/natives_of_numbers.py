"""Methods of int, bool and float called unbound, with too few and too many arguments, and with a keyword."""


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


misuse(5, 0, 0, "bit_length", "bit_count", "conjugate", "as_integer_ratio")
misuse(2**70, 0, 0, "bit_length", "conjugate")
misuse(1.5, 0, 0, "is_integer", "conjugate", "as_integer_ratio")
misuse(5, 0, 2, "to_bytes")
attempt("bool is an int", int.bit_length, True)
attempt("float is none", int.bit_length, 1.5)
attempt("int is no float", float.is_integer, 1)
attempt("signed by position", (5).to_bytes, 1, "big", True)
attempt("length twice", (5).to_bytes, 1, length=1)
attempt("from_bytes()", int.from_bytes)
attempt("from_bytes too many", int.from_bytes, b"", "big", 1, 2)
attempt("from_bytes signed by position", int.from_bytes, b"", "big", True)
attempt("from_bytes keyword", int.from_bytes, b"", wrong=1)
attempt("from_bytes only keywords", int.from_bytes, byteorder="big")
