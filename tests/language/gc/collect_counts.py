"""gc.collect() tells how many unreachable objects it has found."""
import gc

gc.disable()
gc.collect()


class Node:
    def __init__(self):
        self.other = None


def alone():
    node = Node()
    node.other = node


def pair():
    a, b = Node(), Node()
    a.other, b.other = b, a


def nothing():
    Node().other = Node()


for make in (alone, pair, nothing):
    for times in (1, 10, 1000):
        for _ in range(times):
            make()
        print(make.__name__, times, gc.collect(), gc.collect())

items = []
items.append(items)
print("in use", gc.collect(), items[0] is items)
del items
print("given up", gc.collect())

table = {}
table["self"] = table
table["empty"] = {}  # holds nothing that could be in a cycle: not counted
table["numbers"] = {1: 2, "a": "b"}
table["list"] = []
del table
print("dict", gc.collect())

ring = []
for i in range(100):
    ring = [ring]
    if i == 0:
        first = ring
first.append(ring)
print("a ring through 101 lists", gc.collect())
del ring, first
print(gc.collect())
print(gc.collect(0), gc.collect(1), gc.collect(generation=2))
