"""A little of everything that asks for memory, a thread or a process: what the injector fails, call by call."""
import gc
import os
import threading
import time

SHARING = "none"
SIZES = {"small": 3}
EXPECT = {"small": [8435, 8436]}


class Node:
    def __init__(self, value):
        self.value = value
        self.itself = self
        self.more = [value, str(value), {value: (value, [value])}]


def count_up(limit):
    try:
        for i in range(limit):
            yield i
    finally:
        limit = 0


def mark():
    # The injector may count from here on.
    try:
        os.open("/injector/mark", os.O_RDONLY)
    except OSError:
        pass


def setup(size):
    return {"words": ["a", "bc", "def"] * size, "limit": 40 * size, "big": 7 ** 90}


def sort_and_slice(limit):
    items = [(i * 37) % 101 for i in range(limit)]
    items.sort(key=lambda item: -item)
    items[3:9] = sorted(items[::2])
    return sum(items[:20])


def with_locks(limit):
    lock = threading.Lock()
    again = threading.RLock()
    total = 0
    for i in range(limit):
        with lock:
            with again:
                total += i
    return total


def errors(limit):
    caught = 0
    for i in range(limit):
        try:
            try:
                raise ValueError("odd", i) if i % 2 else KeyError(i)
            except KeyError as error:
                raise RuntimeError(f"even {error}") from error
        except (ValueError, RuntimeError) as error:
            caught += len(error.args)
    return caught


def tables(words):
    lengths = {}
    for word in words:
        lengths.setdefault(word, []).append(len(word))
    merged = {**lengths, "x": [24]}
    seen = set(words) | {word.upper() for word in words}
    return len(merged) * 10 + len(seen), "-".join(sorted(seen)).encode()


def work(state, size, worker, workers):
    mark()
    limit = state["limit"]
    nodes = [Node(i) for i in range(limit)]
    total = sum(node.value for node in nodes)
    del nodes
    gc.collect()
    total += sum(count_up(limit // 4)) + sort_and_slice(limit) + with_locks(size) + errors(size)
    known, text = tables(state["words"])
    total += known + len(text) + (state["big"] + worker) % 1009 + int(str(state["big"])[:3])
    time.sleep(0.001)
    return {"total": total, "text": text, "big": state["big"] << 70, "worker": (worker, [None, 1.5])}


def combine(parts):
    return [part["total"] for part in parts]
