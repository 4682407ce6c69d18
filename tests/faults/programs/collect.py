"""One worker collects where there is no memory for its marks; the other counts on."""
import gc

SHARING = "none"
SIZES = {"small": 60_000}
EXPECT = {"small": True}


def work(state, size, worker, workers):
    if worker == 0:
        kept = [[] for i in range(size)]
        try:
            gc.collect()
            said = "collected"
        except MemoryError:
            said = "given up"
        return said if len(kept) == size and kept[-1] == [] else "lost"
    total = 0
    for i in range(5 * size):
        total += i
    return "counted"


def combine(parts):
    return parts[0] in ("collected", "given up") and parts[1] == "counted"


def metrics(parts):
    return {"given_up": 1 if parts[0] == "given up" else 0}
