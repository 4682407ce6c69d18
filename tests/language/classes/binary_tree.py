"""A search tree of instances: insertion, traversal, depth."""


class Tree:
    def __init__(self):
        self.root = None
        self.size = 0

    def insert(self, key):
        self.size += 1
        node = [key, None, None]
        if self.root is None:
            self.root = node
            return
        at = self.root
        while True:
            side = 1 if key < at[0] else 2
            if at[side] is None:
                at[side] = node
                return
            at = at[side]

    def walk(self, node, out):
        if node is not None:
            self.walk(node[1], out)
            out.append(node[0])
            self.walk(node[2], out)
        return out

    def depth(self, node):
        return 0 if node is None else 1 + max(self.depth(node[1]), self.depth(node[2]))


t = Tree()
x = 7
for i in range(60):
    x = (x * 37 + 11) % 101
    t.insert(x)
ordered = t.walk(t.root, [])
print(t.size, ordered == sorted(ordered), ordered[:8], ordered[-3:], t.depth(t.root))
