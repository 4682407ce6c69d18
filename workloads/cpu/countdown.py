"""Count `size` steps down to zero: a bare loop on one small integer at a time."""

SHARING = "none"
SIZES = {"small": 150_000, "full": 28_000_000}
EXPECT = {"small": 150_000, "full": 28_000_000}


def work(state, size, worker, workers):
    share = size * (worker + 1) // workers - size * worker // workers
    remaining = share
    while remaining > 0:
        remaining -= 1
    return share - remaining


def combine(parts):
    return sum(parts)
