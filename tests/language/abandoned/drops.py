"""A generator that is given up inside a try runs its finally at once, wherever its name was."""


def guarded(name):
    try:
        yield name
        yield name + " again"
    finally:
        print("end of", name)


def begun(name):
    generator = guarded(name)
    next(generator)
    return generator


flag = []


def noting():
    try:
        yield 1
    finally:
        flag.append("noted")


g = noting()
next(g)
g = None
seen = len(flag)
print("no call between:", seen)

a = begun("a global")
a = 1
print("rebound")
a = begun("a deleted global")
del a
print("deleted")


def locals_():
    b = begun("a local")
    b = 2
    print("local rebound")
    c = begun("a deleted local")
    del c
    print("local deleted")
    d = begun("first of three locals")
    e = begun("second of three locals")
    f = begun("third of three locals")
    return "returned"


result = locals_()
print(result)


def cell():
    g = begun("a variable of a closure")

    def inner():
        nonlocal g
        g = None
        print("cell emptied")
    inner()
    return inner


cell()


class Holder:
    pass


holder = Holder()
holder.generator = begun("an attribute")
holder.generator = 1
print("attribute set")
holder.generator = begun("a deleted attribute")
del holder.generator
print("attribute deleted")
holder.generator = begun("an attribute of what dies")
holder = None
print("holder gone")

items = [begun("item 0"), begun("item 1"), begun("item 2")]
items[1] = None
print("item set")
del items[0]
print("item deleted")
items.clear()
print("cleared")
items = [begun("list item 0"), begun("list item 1")]
items = None
print("list gone")
pair = (begun("tuple item 0"), begun("tuple item 1"))
pair = None
print("tuple gone")
table = {"x": begun("value x"), "y": begun("value y")}
table["x"] = 0
print("value replaced")
del table["y"]
print("key deleted")
table["z"] = begun("popped")
table.pop("z")
print("popped and dropped")

for value in guarded("a loop that breaks"):
    print(value)
    break
print("after the loop")
print(next(guarded("an argument")))
print("again" in guarded("searched in vain"), "a" in guarded("a"))
first, *rest = guarded("unpacked to its end")
print(first, rest)
try:
    only, = guarded("too many to unpack")
except ValueError as error:
    print(error)
print([next(guarded("in a list display")) for _ in range(2)])
