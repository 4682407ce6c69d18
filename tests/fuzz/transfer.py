"""Workloads whose workers hand back values of random shape from other processes or worlds.

The answer is what CPython makes in one process when each part is copied as a tree: what is referred to
twice arrives twice, and what cannot be sent is an error with our message.
"""
from programs import SHOW, Program

STRINGS = ("''", "'a'", "'é'", "'日本語'", "'\\U0001F468\\u200d'", "'\\x00b'", "'\\u2028'", "'a' * 300", "'x\\ny'",
           "'\\x7f\\x80'", "chr(0x10ffff)", "chr(0xfffd)")
NUMBERS = ("0", "-1", "2**63 - 1", "2**63", "-2**63", "-2**63 - 1", "10**50", "-3**200", "2**1000", "True",
           "False", "0.0", "-0.0", "1e308", "5e-324", "float('inf')", "float('-inf')", "float('nan')", "0.1", "16**33")
BYTES = ("b''", "b'a'", "bytes(range(256))", "b'\\x00' * 70", "b'\\xff'")
UNSENDABLE = ("len", "(lambda: 1)", "iter([1])", "int", "range(3)", "(i for i in [1])", "ValueError(1)", "C",
              "threading.Lock()", "slice(1)", "NotImplemented", "...", "C(1).go", "math")

HEAD = SHOW + '''
import math
import threading

SHARING = "none"
SIZES = {"small": 3}
EXPECT = {"small": None}


class C:
    tag = "of the class"

    def __init__(self, v):
        self.v = v

    def go(self):
        return self.v

    def __repr__(self):
        return "C with " + ", ".join([k + "=" + repr(self.__dict__[k]) for k in self.__dict__])


class D(C):
    def __init__(self, v, w):
        super().__init__(v)
        self.w = w
        self.made = True

    def __eq__(self, other):
        return type(other) is D and self.v == other.v

    def __hash__(self):
        return 3


class F:
    def __init__(self):
        raise ValueError("never again")


def deep(n, kind=0):
    x = "end"
    for i in range(n):
        x = [x] if kind == 0 else (x,) if kind == 1 else {i: x} if kind == 2 else C(x)
    return x


OWN.extend([C, D])
'''

DRIVER = '''

def copied(x, deep=1):
    if deep > 500:
        raise ValueError("data too deeply nested to send to another NAME")
    kind = type(x)
    if kind in (type(None), bool, int, float, str, bytes):
        return x
    if kind in (list, tuple, set, frozenset):
        return kind([copied(i, deep + 1) for i in x])
    if kind is dict:
        return {copied(k, deep + 2): copied(v, deep + 2) for k, v in x.items()}
    if kind in (C, D, F):
        other = object.__new__(kind)
        other.__dict__.update(copied(x.__dict__, deep + 1))
        return other
    name = {"_thread.lock": "lock"}.get(kind.__name__, kind.__name__)
    raise TypeError("cannot send '%s' object to another NAME" % name)


import sys
sys.setrecursionlimit(5000)
try:
    parts = []
    for worker in range(WORKERS):
        state = setup(SIZES["small"]) if WORLDS == 0 else copied(setup(SIZES["small"]))
        parts.append(copied(work(state, SIZES["small"], worker, WORKERS)))
    print("answer", repr(combine(parts)))
except Exception as error:
    text = str(error)
    print("error", type(error).__name__ + (": " + text if text else ""))
'''


class Values:
    """Expressions of random nested shape; some share a part or contain themselves."""

    def __init__(self, rng, risky):
        self.rng, self.risky = rng, risky

    def leaf(self):
        if self.rng.random() < self.risky:
            return self.rng.choice(UNSENDABLE)
        return self.rng.choice((*STRINGS, *NUMBERS, *BYTES, "None", "state", "worker"))

    def hashable(self, depth):
        if depth <= 0 or self.rng.random() < 0.6:
            return self.rng.choice((*STRINGS, *NUMBERS, *BYTES, "None", "worker"))
        return "({},)".format(", ".join(self.hashable(depth - 1) for _ in range(self.rng.randrange(1, 4))))

    def value(self, depth):
        if depth <= 0 or self.rng.random() < 0.15:
            return self.leaf()
        some = [self.value(depth - 1) for _ in range(self.rng.randrange(4))]
        keys = [self.hashable(1) for _ in some]
        joined = ", ".join(some)
        return self.rng.choice((
            f"[{joined}]", f"({joined}{',' if some else ''})", f"[{joined}]",
            "{" + ", ".join(f"{k}: {v}" for k, v in zip(keys, some)) + "}",
            "{" + ", ".join(f"{k}: {v}" for k, v in zip(keys, some)) + "}",
            f"set([{', '.join(keys)}])", f"frozenset([{', '.join(keys[:1])}])", f"C({self.value(depth - 1)})",
            f"D({self.value(depth - 1)}, {self.value(depth - 1)})",
            f"shared({self.value(depth - 1)})", f"deep({self.rng.choice((1, 50, 200, 240))}, {self.rng.randrange(4)})"))

    def lines(self, workers):
        yield "def shared(x):\n    return [x, (x, x), {1: x}]\n\n"
        yield f"def setup(size):\n    worker = 'setup'\n    state = 'no state'\n    return {Values(self.rng, 0).value(3)}\n\n"
        yield "def work(state, size, worker, workers):"
        for worker in range(workers):
            yield f"    if worker == {worker}:"
            yield f"        x = {self.value(self.rng.choice((1, 2, 3, 4)))}"
            if self.rng.random() < 0.05:
                yield "        x = [x]\n        x.append(x)"
            if self.rng.random() < 0.1:
                yield "        x = [x] * 300"
            if self.rng.random() < 0.03:
                yield "        raise X(worker)".replace("X", self.rng.choice(("ValueError", "KeyError", "TypeError")))
            yield "        return x"
        yield "\n\ndef combine(parts):\n    return show(parts)\n"


def generate(rng, number, context):
    if not context.copying:
        return None
    workers = rng.choice((1, 2, 2, 3))
    strategy = rng.choice(context.copying)
    values = Values(rng, rng.choice((0, 0, 0, 0.02)))
    text = HEAD + "\n\n" + "\n".join(values.lines(workers))
    other = "process" if strategy == "multi_process" else "interpreter"
    driver = (DRIVER.replace("NAME", other).replace("WORKERS", str(workers))
              .replace("WORLDS", "1" if strategy == "subinterpreters" else "0"))
    return Program("transfer", number, text, how="workload", strategies=(strategy,), driver=driver,
                   flags=(f"--workers={workers}",))
