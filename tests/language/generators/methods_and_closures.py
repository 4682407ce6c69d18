"""Generator methods, closures over generators, generators with all kinds of arguments."""


class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def __iter__(self):
        yield self.value
        for child in self.children:
            for value in child:
                yield value

    def depths(self, depth=0):
        yield depth, self.value
        for child in self.children:
            for pair in child.depths(depth=depth + 1):
                yield pair


t = Tree("a", Tree("b", Tree("c")), Tree("d"))
print(list(t), list(t.depths()), "c" in t, sorted(t, reverse=True), [*t])


def window(n, *items, step=1, **names):
    for i in range(0, len(items) - n + 1, step):
        yield items[i : i + n], names


print(list(window(2, 1, 2, 3)), list(window(1, *"abc", step=2, k=0)))


def counter():
    total = 0

    def steps(k):
        nonlocal total
        for _ in range(k):
            total += 1
            yield total

    return steps, lambda: total


steps, total = counter()
print(list(steps(3)), list(steps(2)), total())
gens = [(x * k for x in range(3)) for k in range(2)]
print([list(g) for g in gens])
print([list(steps(1)) for _ in range(2)], total())
