"""A list's += and *= ask for the other's reflected method before they extend or repeat."""


class Adds:
    def __radd__(self, other):
        return ("radd", other)

    def __rmul__(self, other):
        return ("rmul", other)

    def __iter__(self):
        return iter("xy")


class Declines:
    def __radd__(self, other):
        print("asked")
        return NotImplemented

    def __iter__(self):
        return iter("xy")


class Iterates:
    def __iter__(self):
        return iter("xy")


for other in (Adds(), Declines(), Iterates(), "pq", (1, 2)):
    items = [1]
    same = items
    items += other
    print(items, same)
items = [1]
items *= Adds()
print(items, [2] + Adds(), [2] * Adds())
