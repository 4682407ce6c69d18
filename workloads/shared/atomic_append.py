"""Change the same containers from all workers without a lock: no change is lost or made twice."""

SHARING = "write"
SIZES = {"small": 4_000, "full": 1_200_000}
EXPECT = {
    "small": (4_000, 4_000, 4_000, 0, 0, (7_998_000,) * 4),
    "full": (1_200_000, 1_200_000, 1_200_000, 0, 0, (719_999_400_000,) * 4),
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
    popped = sum([part[0] for part in parts])
    taken = sum([part[1] for part in parts])
    return (
        len(state.appended),
        len(state.filled),
        len(state.added),
        len(state.stack),
        len(state.emptied),
        (sum(state.appended), sum(state.filled.values()), popped, taken),
    )
