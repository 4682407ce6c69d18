"""Objects that refer to one another and to themselves."""


class Node:
    def __init__(self, name):
        self.name = name
        self.links = []


def ring(n):
    nodes = [Node(i) for i in range(n)]
    for i, node in enumerate(nodes):
        node.links.append(nodes[(i + 1) % n])
        node.owner = node
    return nodes[0]


start = ring(5)
node = start
names = []
for _ in range(7):
    names.append(node.name)
    node = node.links[0]
print(names, start.owner.owner.name, start.owner is start)
for i in range(200):
    ring(10)
parent = Node("parent")
child = Node("child")
child.parent = parent
parent.links.append(child)
print(child.parent.links[0].parent.name, parent.links[0] is child)


def local_cycle():
    def f():
        return f

    return f()


print(local_cycle()().__name__)
