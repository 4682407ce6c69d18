"""Endless recursion ends in a RecursionError, and the program goes on."""


def endless(n):
    return endless(n + 1)


def mutual_a(n):
    return mutual_b(n)


def mutual_b(n):
    return mutual_a(n) + 1


for i in range(3):
    try:
        endless(0)
    except RecursionError as error:
        print(error, isinstance(error, RuntimeError))
try:
    mutual_a(1)
except RecursionError as error:
    print(type(error).__name__)


def depth(n):
    return 0 if n == 0 else 1 + depth(n - 1)


print(depth(500))


def guarded(n):
    try:
        return guarded(n + 1)
    except RecursionError:
        return n > 100


print(guarded(0))
