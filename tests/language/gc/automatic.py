"""Far more garbage than could lie about is collected without being asked for."""
import gc


class Node:
    def __init__(self, payload):
        self.payload = payload
        self.me = self


kept = {}
for i in range(60_000):
    node = Node([i])
    if i % 6_000 == 0:
        kept[i] = node
print(gc.collect() < 60_000)
print([(i, node.payload, node.me is node) for i, node in kept.items()])


def ring(n):
    first = last = [0]
    for i in range(n):
        last = [last]
    first.append(last)
    return first


total = 0
for i in range(40):
    total += len(ring(1_000))
print(total, gc.isenabled())
