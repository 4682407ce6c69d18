"""bytes(x) of an object with __index__ is so many zeros, before it is asked for items."""


class Count:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        return self.n

    def __iter__(self):
        return iter([65, 66])


class Items:
    def __iter__(self):
        return iter([65, Count(66)])


print(bytes(Count(3)), bytes(Count(0)), bytes(Items()), bytes([Count(7)]))


class Byte:
    def __index__(self):
        return 97


for name in "find rfind index rindex count".split():
    print(getattr(b"xaba", name)(Byte()))
print(Byte() in b"abc", Byte() in b"xyz")
try:
    b"abc".find(2**100)
except ValueError as error:
    print(error)
