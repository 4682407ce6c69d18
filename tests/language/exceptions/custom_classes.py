"""Exception classes of one's own, with attributes, methods and a hierarchy."""


class AppError(Exception):
    """The base."""


class NotFound(AppError):
    def __init__(self, key, where="table"):
        super().__init__(f"{key} not in {where}")
        self.key = key
        self.where = where


class Silent(AppError):
    def __str__(self):
        return "custom text"


class Passed(AppError):
    pass


errors = [NotFound("k"), NotFound(1, where="list"), Silent("ignored"), Passed("a", 2), Passed()]
for error in errors:
    try:
        raise error
    except NotFound as e:
        print("not found:", e, e.key, e.where, e.args, repr(e), e is error)
    except AppError as e:
        print("app:", e, e.args, repr(e), type(e).__name__)
try:
    raise Passed
except AppError as e:
    print(repr(e), isinstance(e, Passed))


class Quantity(ValueError):
    pass


try:
    raise Quantity("as value error")
except ValueError as e:
    print(e, type(e), Quantity.__name__, issubclass(Quantity, Exception), AppError.__doc__)
