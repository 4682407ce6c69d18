"""Extend two lists by each other `size` times, every other worker the other way round."""

SHARING = "write"
SIZES = {"small": 4_000, "full": 800_000}
EXPECT = {"small": (4_000, True), "full": (800_000, True)}

ITEMS = list(range(16))


def setup(size):
    return ITEMS[:], ITEMS[:]


def work(state, size, worker, workers):
    # Each extend locks both lists. Without one order for the two locks (--naive-lock-order), two
    # workers that go opposite ways each hold the list that the other waits for.
    if worker % 2 == 0:
        target, source = state
    else:
        source, target = state
    done = 0
    for _ in range(worker, size, workers):
        target.extend(source)
        del target[len(ITEMS) :]
        done += 1
    return done, target[: len(ITEMS)] == ITEMS


def combine(parts):
    return sum([done for done, _ in parts]), all([intact for _, intact in parts])
