"""Let each worker hold one lock and wait for the next one's: the deadlock must be told."""

import threading
import time

SHARING = "write"
SIZES = {"small": 1, "full": 1}
# A run is right when it ends in this error; its time is the time to the error.
EXPECT_ERROR = "RuntimeError: deadlock: worker 0 holds Lock"


class Table:
    def __init__(self):
        self.forks = []
        self.arriving = threading.Lock()
        self.seated = 0


def setup(size):
    return Table()


def work(state, size, worker, workers):
    with state.arriving:
        while len(state.forks) < workers:
            state.forks.append(threading.Lock())
    # A ring, as of philosophers at dinner; a worker alone waits for its own lock.
    with state.forks[worker]:
        with state.arriving:
            state.seated += 1
        while state.seated < workers:
            time.sleep(0.0001)
        with state.forks[(worker + 1) % workers]:
            return "dinner"
