"""Methods of sets with any iterable: results, errors half-way, and code that looks on."""


def sources():
    return [range(2, 5), [2, 3, 9, 2], (3, 4), "abc", b"\x01\x02", {2: "x", 3: "y", 8: "z"},
            {2: 3}.values(), {2: 3}.items(), {3, 4, 8}, frozenset((1, 2)), iter([1, 8]), [], "",
            zip((1, 2), (3, 4)), enumerate("ab"), map(abs, [-1, -8]), reversed([2, 8])]


def ordered(found): return sorted(found, key=repr)


def show(name, change):
    print(name)
    for kind in (set, frozenset):
        for source in sources():
            target = kind((1, 2, 3))
            if not hasattr(target, name): continue
            answer = change(target, source)
            if type(answer) in (set, frozenset):
                answer = type(answer).__name__, ordered(answer)
            print("  ", answer, ordered(target))


show("union", lambda s, x: s.union(x))
show("intersection", lambda s, x: s.intersection(x))
show("difference", lambda s, x: s.difference(x))
show("symmetric_difference", lambda s, x: s.symmetric_difference(x))
show("isdisjoint", lambda s, x: s.isdisjoint(x))
show("issubset", lambda s, x: s.issubset(x))
show("issuperset", lambda s, x: s.issuperset(x))
show("update", lambda s, x: s.update(x))
show("intersection_update", lambda s, x: s.intersection_update(x))
show("difference_update", lambda s, x: s.difference_update(x))
show("symmetric_difference_update", lambda s, x: s.symmetric_difference_update(x))

several = set(range(10))
several.intersection_update(range(8), [1, 2, 3, 4, 5, 9], {2, 3, 5})
several.update([20], (21,), {22: 0})
several.difference_update([2], {22})
several.intersection_update()
print(ordered(several), ordered(several.union("a", "b")), ordered(several.intersection([3, 20], [3])))


class Key:
    def __init__(self, name): self.name = name
    def __hash__(self):
        print("hash of", self.name, "with", len(target))
        return 1
    def __eq__(self, other):
        print("compares", self.name, "with", len(target))
        return isinstance(other, Key) and self.name == other.name
    def __repr__(self): return self.name


target = {5}
keys = [Key("a"), 6, Key("b"), Key("a")]
target.update(keys)
print(ordered(target))
print(target.issuperset(keys), target.isdisjoint([1, keys[2]]), len(target.intersection(keys)))
target.difference_update([6, keys[0]])
print(ordered(target))
target.update({keys[0]: 1, 7: 2})
print(ordered(target))

# A set is asked about as a key by `in` alone.
for ask in (set.issuperset, set.issubset, set.isdisjoint, set.intersection, set.difference, set.union,
            set.symmetric_difference, set.difference_update, set.intersection_update):
    try:
        print(ask({frozenset([1])}, [{1}]))
    except TypeError as error:
        print(error)
print({1} in {frozenset([1])})
