"""A linked list with iteration, length and reversal."""


class Node:
    def __init__(self, value, rest=None):
        self.value = value
        self.rest = rest


class Linked:
    def __init__(self, items=()):
        self.head = None
        for x in items:
            self.push(x)

    def push(self, x):
        self.head = Node(x, self.head)

    def reverse(self):
        previous = None
        node = self.head
        while node is not None:
            node.rest, previous, node = previous, node, node.rest
        self.head = previous

    def to_list(self):
        out = []
        node = self.head
        while node:
            out.append(node.value)
            node = node.rest
        return out


a = Linked("abc")
print(a.to_list())
a.reverse()
a.push("z")
print(a.to_list(), a.head.rest.value, Linked().to_list())
long = Linked(range(5000))
long.reverse()
print(sum(long.to_list()), long.head.value)
