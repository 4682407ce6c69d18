"""OSError called with an errno is of the errno's class; a file's name is none of its args."""
for number in (1, 2, 4, 10, 11, 13, 17, 20, 21, 32, 103, 104, 110, 111, 999, True):
    error = OSError(number, "text")
    print(number, type(error).__name__, repr(error), error.args, error.errno, error.strerror)
print(repr(OSError(2)), repr(OSError("2", "text")), repr(OSError()))


class Own(OSError):
    pass


print(repr(Own(2, "own")), repr(ConnectionError(32, "not exactly OSError")))
named = OSError(17, "exists", "file")
print(repr(named), named.args, named.filename, str(named))
try:
    raise OSError(2, "none")
except FileNotFoundError as error:
    print("caught", error)

# With more arguments than it has fields for, or with one, all are only kept.
error = OSError(2, 3, 4, 5, 6, 7)
print(type(error).__name__, error.args, error.errno, error.strerror, error.filename)
print(str(error), vars(OSError(5)), OSError(5).errno, TimeoutError("late").errno)


class Own(OSError):
    errno = 7

    @property
    def strerror(self):
        return "own"


print(Own("x").errno, Own("x").strerror)
