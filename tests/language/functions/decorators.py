"""Decorators: plain, stacked, with arguments, counting calls."""


def trace(f):
    def wrapper(*args, **kwargs):
        print("call", f.__name__, args, kwargs)
        result = f(*args, **kwargs)
        print("gave", result)
        return result

    return wrapper


def times(n):
    def decorate(f):
        def wrapper(*args):
            return [f(*args) for _ in range(n)]

        return wrapper

    return decorate


def memo(f):
    cache = {}

    def wrapper(n):
        if n not in cache:
            cache[n] = f(n)
        return cache[n]

    wrapper.cache = cache
    return wrapper


@trace
def add(a, b=1):
    return a + b


@times(3)
@trace
def hello(name):
    return "hi " + name


@memo
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(add(1), add(1, b=5), hello("x"))
print(fib(80), len(fib.cache))
