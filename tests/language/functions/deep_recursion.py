"""Recursion several hundred frames deep, alone and mutual."""


def depth(n):
    if n == 0:
        return 0
    return 1 + depth(n - 1)


def even(n):
    return True if n == 0 else odd(n - 1)


def odd(n):
    return False if n == 0 else even(n - 1)


def nest(n):
    return [] if n == 0 else [nest(n - 1)]


print(depth(10), depth(900), even(800), odd(801), even(1))
print(nest(5), len(str(nest(50))))
print([depth(i) for i in range(0, 500, 100)])
