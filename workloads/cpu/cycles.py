"""Build `size` rounds of cyclic garbage, lists, dicts, instances and closures: the collector."""

SHARING = "none"
SIZES = {"small": 300, "quick": 31_000, "full": 250_000}
EXPECT = {"small": 29_400, "quick": 3_038_000, "full": 24_500_000}


class Node:
    def __init__(self, value):
        self.value = value
        self.next = self
        self.owner = None


def list_in_itself(n):
    items = [n]
    items.append(items)
    return items[1][1][0]


def dict_in_itself(n):
    table = {"value": n, "parts": [n, n]}
    table["self"] = table
    table["parts"].append(table)
    return table["parts"][2]["self"]["value"]


def ring_of_instances(n):
    first = Node(n)
    last = first
    for i in range(4):
        node = Node(n + i)
        node.next = first
        node.owner = last
        last.next = node
        last = node
    return last.next.next.next.owner.value


def closure_of_itself(n):
    def count(k):
        if k == 0:
            return n
        return count(k - 1)

    return count(2)


def work(state, size, worker, workers):
    total = 0
    for i in range(worker, size, workers):
        n = i % 50
        total += list_in_itself(n)
        total += dict_in_itself(n)
        total += ring_of_instances(n)
        total += closure_of_itself(n)
    return total


def combine(parts):
    return sum(parts)
