"""dict.update from every source: order, keys that come twice, errors half-way, and code that looks on."""

sources = [{"b": 20, "c": 30}, [("b", 20), ("c", 30)], (("b", 20), ["c", 30]), [["b", 20], "cd"],
           zip("bc", (20, 30)), enumerate("bc"), {"b": 20}.items(), iter([("c", 30), ("b", 20)]),
           ["bB", "cC"], [("c", 1), ("a", 2), ("c", 3)], [], "", (), {"x1", "x2"} and ["x1"],
           [(1, "int"), (1.0, "float"), (True, "bool")], {("t", 1): 2}.items()]
for source in sources:
    target = {"a": 1, "b": 2}
    target.update(source)
    print(target)
target = {"a": 1}
target.update(b=2, a=3)
target.update({"c": 4, "b": 5}, b=6, d=7)
target.update([("e", 8)], a=9)
target |= [("f", 10), ("a", 11)]
print(target, target | {"a": 0, "g": 12}, {"a": 0, "g": 12} | target)
print(dict([("a", 1), ["b", 2]], c=3), dict.fromkeys("abca"), dict.fromkeys(range(3), []))
print(dict.fromkeys(iter((1, 1.0, True))), dict.fromkeys({"k": 1}), dict.fromkeys({1: 2}.items()))


class Key:
    def __init__(self, name): self.name = name
    def __hash__(self):
        print("hash of", self.name, "while", target)
        return 1
    def __eq__(self, other):
        print("compares", self.name)
        return self.name == other.name
    def __repr__(self): return self.name


target = {}
target.update([("a", 1), (Key("k"), 2), ("b", 3), (Key("k"), 4)])
print(target)
target.update({"z": 1, Key("l"): 2})
print(target)


class Half:
    """Neither __eq__ nor anything else but __hash__."""
    def __hash__(self):
        print("half", len(target))
        return 7
    def __repr__(self): return "half"


target = {}
target.update([("a", 1), (Half(), 2)])
print(target, dict.fromkeys([Half()]))
