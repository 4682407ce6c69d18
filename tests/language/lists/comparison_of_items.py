"""Lists compared: which items are asked, by what, and when sizes decide alone."""


class Item:
    def __init__(self, name): self.name = name
    def __eq__(self, other):
        print("eq", self.name, getattr(other, "name", other))
        return isinstance(other, Item) and self.name == other.name
    def __lt__(self, other):
        print("lt", self.name, other.name)
        return self.name < other.name


a, b, c = Item("a"), Item("b"), Item("c")
nan = float("nan")
print([a, b] == [a, b], [a, b] == [a, c], [a] == [Item("a")], [a, b] != [c, b])
print([a, b] == [a], [a] != [a, b], [b, a] == [])
print([1, a] < [1, b], [1, 2.0, "x"] < [1, 2, "y"], [1, 2] < [1, 2, 0], [2] > [1, a])
print([1, a, 3] <= [1, a, 2], [1, [2, 3]] < [1, [2, 4]], [[1], a] == [[1], a])
print([nan] == [nan], [nan] == [float("nan")], [nan] < [float("nan")], [1, nan] != [1, nan])
print([1, True, 1.0] == [True, 1, 1], [10 ** 30] > [10 ** 29], [b"a"] < [b"b"], [None] == [None])
print([] == [], [] < [1], [1] < [], [(1, [2])] == [(1, [2])])
