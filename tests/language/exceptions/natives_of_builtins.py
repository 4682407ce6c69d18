"""Built-in functions with too few and too many arguments, and with a keyword."""


def attempt(label, function, *args, **keywords):
    try:
        function(*args, **keywords)
        print(label, "is right")
    except Exception as error:
        print(label, type(error).__name__ + ":", error)


def misuse(least, most, *functions):
    for function in functions:
        label = function.__name__
        if least > 0:
            attempt(label + " too few", function, *["a"] * (least - 1))
        attempt(label + " too many", function, *["a"] * (most + 1))
        attempt(label + " keyword", function, *["a"] * least, wrong=1)


misuse(1, 1, len, repr, ascii, hash, id, callable, abs, bin, oct, hex, ord, chr, any, all)
misuse(2, 2, isinstance, issubclass, hasattr, delattr, divmod)
misuse(1, 2, format, iter, next, round, sum)
misuse(2, 3, getattr, pow)
misuse(3, 3, setattr)
attempt("min()", min)
attempt("max keyword", max, [1], wrong=1)
attempt("min keywords", min, [1], key=None, default=0, wrong=1)
attempt("print keyword", print, wrong=1)
attempt("sorted()", sorted)
attempt("sorted too many", sorted, [], 1)
attempt("sorted keyword", sorted, [], wrong=1)
attempt("sum by name", sum, iterable=[])
attempt("sum twice", sum, [], 0, start=0)
attempt("pow by name", pow, exp=2)
attempt("round twice", round, 1, number=1)
attempt("round nothing", round, ndigits=1)
