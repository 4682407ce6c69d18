"""Sleep `size` milliseconds in all, in 32 equal naps shared out among the workers."""

import time

SHARING = "none"
SIZES = {"small": 8, "full": 384}
EXPECT = {"small": 32, "full": 32}

NAPS = 32


def work(state, size, worker, workers):
    nap_s = size / 1000 / NAPS
    naps = 0
    for _ in range(worker, NAPS, workers):
        time.sleep(nap_s)
        naps += 1
    return naps


def combine(parts):
    return sum(parts)
