"""An OSError is whole when it has been made: its __init__ changes nothing and takes anything."""


class Own(OSError):
    def __init__(self, *values):
        super().__init__(*values)


class Plain(PermissionError):
    pass


for error in (OSError(1), PermissionError(1, "no"), Plain("x")):
    print(error.__init__(2, k=3), error.args)
print(Own(1, 2).args, OSError.__init__(Plain(4), key=5))
try:
    ValueError(1).__init__(k=2)
except TypeError as error:
    print(error)
error = Own(2, "gone", "file.txt")
print(error.args, error.errno, error.strerror, error.filename)
