"""Built-in classes called with too many arguments and with a keyword."""


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


for function, most in [(int, 2), (float, 1), (bool, 1), (str, 3), (bytes, 3), (list, 1),
                       (tuple, 1), (dict, 1), (set, 1), (frozenset, 1), (range, 3), (slice, 3),
                       (enumerate, 2), (filter, 2), (reversed, 1), (staticmethod, 1),
                       (classmethod, 1)]:
    attempt(function.__name__ + " too many", function, *[0] * (most + 1))
    if function is not dict and function is not enumerate:
        attempt(function.__name__ + " keyword", function, wrong=1)
for function in [range, slice, filter, reversed, staticmethod, classmethod, map, enumerate, type]:
    attempt(function.__name__ + "()", function)
attempt("zip keyword", zip, wrong=1)
attempt("zip keywords", zip, strict=True, wrong=1)
attempt("map keyword", map, len, [], wrong=1)
attempt("map too few", map, len)
attempt("int twice", int, "1", 10, base=10)
attempt("int base alone", int, base=10)
attempt("int x", int, x=1)
attempt("str twice", str, b"", "utf-8", encoding="utf-8")
attempt("range keyword", range, stop=3)
attempt("type of two", type, 1, 2)
attempt("object", object, 1)
attempt("property keyword", property, len, wrong=1)
