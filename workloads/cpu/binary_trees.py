"""Build and walk `size` groups of binary trees of depths 4, 6, 8 and 10: allocation and release."""

SHARING = "none"
SIZES = {"small": 8, "full": 880}
EXPECT = {"small": 21_728, "full": 2_390_080}

DEPTHS = (4, 6, 8, 10)


class Node:
    def __init__(self, left, right):
        self.left = left
        self.right = right


def build(depth):
    if depth == 0:
        return Node(None, None)
    return Node(build(depth - 1), build(depth - 1))


def count(node):
    if node.left is None:
        return 1
    return 1 + count(node.left) + count(node.right)


def work(state, size, worker, workers):
    nodes = 0
    for _ in range(worker, size, workers):
        for depth in DEPTHS:
            nodes += count(build(depth))
    return nodes


def combine(parts):
    return sum(parts)
