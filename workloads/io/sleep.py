"""Sleep `size` milliseconds in all, in equal naps shared out among the workers."""

import time

SHARING = "none"
# "many" is for a thousand workers and more: two naps of 12 ms for each of them.
SIZES = {"small": 8, "quick": 96, "full": 384, "many": 24_000}
EXPECT = {"small": 32, "quick": 32, "full": 32, "many": 2_000}


def work(state, size, worker, workers):
    count = max(32, size // 12)
    nap_s = size / 1000 / count
    naps = 0
    for _ in range(worker, count, workers):
        time.sleep(nap_s)
        naps += 1
    return naps


def combine(parts):
    return sum(parts)
