"""Add 1 to one counter `size` times, each time under its lock."""

import threading

SHARING = "write"
SIZES = {"small": 40_000, "full": 3_200_000}
EXPECT = {"small": 40_000, "full": 3_200_000}


class Counter:
    def __init__(self):
        self.lock = threading.Lock()
        self.value = 0


def setup(size):
    return Counter()


def work(state, size, worker, workers):
    for _ in range(worker, size, workers):
        with state.lock:
            state.value += 1
    with state.lock:
        return state.value


def combine(parts):
    # The last worker to finish has seen every increment.
    return max(parts)
