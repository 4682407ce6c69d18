"""Generators in cycles are closed by the collector, then they are garbage like any other."""
import gc


class Node:
    pass


def guarded(node, name):
    try:
        yield name
    finally:
        print("collected", name, node.name)


def ring(name):
    node = Node()
    node.name = "node of " + name
    node.generator = guarded(node, name)
    next(node.generator)


gc.collect()
ring("one")
print("dropped")
print(gc.collect() > 0)
print("after the first")


def chain(count):
    nodes = [Node() for _ in range(count)]
    for i, node in enumerate(nodes):
        node.name = i
        node.next = nodes[i - 1]
    nodes[0].generator = guarded(nodes[0], "a chain")
    next(nodes[0].generator)


chain(5)
print(gc.collect() > 0)
print(gc.collect())

kept = []


def comes_back(node):
    try:
        yield 1
    finally:
        print("comes back")
        kept.append(node)


def make():
    node = Node()
    node.name = "saved"
    node.generator = comes_back(node)
    next(node.generator)


make()
gc.collect()
print([node.name for node in kept], list(kept[0].generator))
kept.clear()
print(gc.collect() > 0)


def itself(box):
    try:
        yield 1
    finally:
        print("held itself", len(box))


def selfish():
    box = []
    box.append(itself(box))
    next(box[0])


for _ in range(3):
    selfish()
gc.collect()
print(gc.collect())
print("end")
