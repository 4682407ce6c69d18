"""Add 1 to one counter `size` times without a lock, and count what gets lost."""

SHARING = "write"
SIZES = {"small": 40_000, "quick": 2_000_000, "full": 16_000_000}
# What was added, and not what the counter shows: that is a metric.
EXPECT = {"small": 40_000, "quick": 2_000_000, "full": 16_000_000}


class Counter:
    def __init__(self):
        self.value = 0


def setup(size):
    return Counter()


def work(state, size, worker, workers):
    added = 0
    for _ in range(worker, size, workers):
        state.value += 1  # reads, adds and writes: another worker may write between
        added += 1
    return added, state


def combine(parts):
    return sum([added for added, _ in parts])


def metrics(parts):
    # Every part holds the one counter, and all workers are done with it.
    counter = parts[0][1]
    return {"lost_updates_share": 1 - counter.value / combine(parts)}
