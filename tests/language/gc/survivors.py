"""A collection leaves alone what is in use, and what garbage shares with it."""
import gc


class Node:
    def __init__(self, name, shared):
        self.name = name
        self.shared = shared
        self.me = self
        self.bound = self.hello

    def hello(self):
        return "hello from " + self.name


shared = {"list": [1, 2, 3], "text": "a text that is " + "made at run time"}
kept = [Node("kept " + str(i), shared) for i in range(5)]
for i in range(1000):
    Node("lost " + str(i), shared)
print(gc.collect() > 0)
print([node.name for node in kept])
print(kept[3].me.me.bound(), kept[3].bound() == kept[3].hello())
print(shared, all(node.shared is shared for node in kept))


def in_frames(depth, ring):
    ring.append(ring)
    if depth == 0:
        return gc.collect()
    found = in_frames(depth - 1, [ring])
    print(len(ring), ring[-1] is ring, found)
    return found


gc.collect()
in_frames(4, [])


def counter():
    total = 0

    def add(n):
        nonlocal total
        total += n
        gc.collect()
        return total, add

    return add


add = counter()
print(add(2)[1](3)[0])
print([gc.collect() >= 0 for _ in range(2)], sorted([3, 1, 2], key=lambda n: gc.collect() and n or n))
try:
    raise ValueError(kept[0])
except ValueError as error:
    gc.collect()
    print(error.args[0].name)
print(max(kept, key=lambda node: gc.collect() * 0 + int(node.name[-1])).name)
print({gc.collect() * 0: [gc.collect() * 0]}, "%d" % (gc.collect() * 0))
