"""Closures keep their own cells; nonlocal writes to them."""


def counter(start=0):
    n = start

    def up(by=1):
        nonlocal n
        n += by
        return n

    def get():
        return n

    return up, get


up, get = counter()
up2, get2 = counter(100)
print(up(), up(), up(10), get(), up2(), get2(), get())


def make():
    items = []
    return items.append, lambda: list(items)


add, show = make()
add(1)
add(2)
print(show(), make()[1]())
