"""return without a value, with several, from inside loops, and falling off the end."""


def none():
    return


def pair():
    return 1, 2


def search(items, wanted):
    for i, x in enumerate(items):
        if x == wanted:
            return i
    return -1


def nested(n):
    while True:
        for i in range(10):
            if i == n:
                return i, "found"
        n -= 10


def falls_off(x):
    if x:
        return x


print(none(), pair(), pair()[0], search("abc", "c"), search("abc", "z"), nested(37), falls_off(0))
a, b = pair()
print(a + b, falls_off(1), [none()], (pair(), none()))
print(print("printed"))
