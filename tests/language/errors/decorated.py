"""A traceback through a decorator's wrapper and a nested function."""


def checked(f):
    def wrapper(*args):
        return f(*args)

    return wrapper


@checked
def first(items):
    return items[0]


print(first("abc"))
first([])
