"""Append `size` items to one list from all workers, each reading back the newest item."""

SHARING = "write"
SIZES = {"small": 60_000, "full": 8_000_000}
EXPECT = {"small": (60_000, 60_000, 3_808_464), "full": (8_000_000, 8_000_000, 508_000_000)}


def setup(size):
    return []


def work(state, size, worker, workers):
    # Small numbers, so that the list and not its items is what costs memory.
    seen = 0
    for number in range(worker, size, workers):
        state.append(number & 127)
        if state[-1] < 128:
            seen += 1
    length = len(state)
    # Whoever finishes last sees the full list, and only then may it be added up.
    return seen, length, sum(state) if length == size else 0


def combine(parts):
    seen = sum([part[0] for part in parts])
    return seen, max([part[1] for part in parts]), max([part[2] for part in parts])
