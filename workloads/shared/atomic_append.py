"""Change the same containers from all workers without a lock: no change is lost or made twice."""

SHARING = "write"
SIZES = {"small": 4_000, "full": 1_000_000}
EXPECT = {
    "small": (4_000, 7_998_000, 7_998_000, 4_000, 4_000, 7_998_000, 7_998_000, 0, 0),
    "full": (1_000_000, 499_999_500_000, 499_999_500_000, 1_000_000, 1_000_000, 499_999_500_000, 499_999_500_000, 0, 0),
}


class Containers:
    def __init__(self, size):
        self.appended = []
        self.filled = {}
        self.added = set()
        self.stack = list(range(size))
        self.emptied = {number: number for number in range(size)}


def setup(size):
    return Containers(size)


def work(state, size, worker, workers):
    popped = taken = 0
    for number in range(worker, size, workers):
        state.appended.append(number)
        state.filled[number] = number
        state.added.add(number)
        popped += state.stack.pop()
        taken += state.emptied.pop(number)
    return popped, taken, state


def combine(parts):
    # Every part holds the same containers, and all workers are done with them.
    state = parts[0][2]
    return (
        len(state.appended),
        sum(state.appended),
        sum(state.filled.values()),
        len(state.filled),
        len(state.added),
        sum([popped for popped, _, _ in parts]),
        sum([taken for _, taken, _ in parts]),
        len(state.stack),
        len(state.emptied),
    )
