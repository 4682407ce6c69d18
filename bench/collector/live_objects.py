"""Collect once while some `size` objects are alive, in tuples, dicts and instances."""
import gc

SHARING = "none"
SIZES = {"10000": 10_000, "100000": 100_000, "1000000": 1_000_000}
EXPECT = {"10000": 2_000, "100000": 20_000, "1000000": 200_000}


# Five objects with its tuple, float, dict and number. No two of them are one and the same, and none
# leads back to where it came from: so they are as many after the way to another world.
class Record:
    def __init__(self, number):
        self.position = (number + 0.5,)
        self.fields = {number: None}


def setup(size):
    return [Record(number) for number in range(1_000, 1_000 + size // 5)]


def work(state, size, worker, workers):
    gc.collect()
    return len(state)


def combine(parts):
    return sum(parts)
