"""Collect five times while some `size` objects are in use, in lists, tuples, dicts and instances."""
import gc

gc.disable()  # no others than the five

SHARING = "none"
SIZES = {"100000": 100_000, "1000000": 1_000_000}
EXPECT = {"100000": 0, "1000000": 0}


class Record:
    def __init__(self, number, others):
        self.number = number
        self.others = others
        self.fields = {"position": (number, number + 0.5), "record": self}


def setup(size):
    records = []
    for i in range(size // 5):  # five objects each: the instance, dict, tuple, float and number
        records.append(Record(i + 1_000, records))
    return records


def work(state, size, worker, workers):
    found = 0
    for _ in range(5):
        found += gc.collect()
    return found


def combine(parts):
    return sum(parts)
