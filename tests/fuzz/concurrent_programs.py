"""Workloads in which workers do random things to shared objects, with one right answer.

What they do commutes, or is done under a lock, or to keys and objects of their own; so the answer is
that of CPython's threads, whatever the order.
"""
import textwrap

from programs import SHOW, Program

HEAD = SHOW + '''
import gc
import threading

SHARING = "write"
SIZES = {"small": STEPS}
EXPECT = {"small": None}


class X(Exception):
    pass


class Node:
    made = 0

    def __init__(self, v, next=None):
        self.v = v
        self.next = next

    def total(self):
        total, node = 0, self
        while node is not None:
            total += node.v
            node = node.next
        return total


class State:
    pass


def numbers(n):
    i = 0
    while i < n:
        yield i
        i += 1


def setup(size):
    s = State()
    s.lock = threading.Lock()
    s.other = threading.RLock()
    s.deep = 0
    s.count = 0
    s.list = []
    s.dict = {}
    s.set = set()
    s.text = ""
    s.slots = [Node(i) for i in range(16)]
    s.fixed = {"k" + str(i): [i, (i, str(i)), {i: i}] for i in range(20)}
    s.node = Node(0)
    s.numbers = numbers(10**6)
    s.taken = []
    s.rows = [[] for _ in range(8)]
    s.chars = {}
    return s


def counter(s):
    total = 0

    def add(n):
        nonlocal total
        total += n
        return total
    return add
'''

DRIVER = '''

parts = [None] * WORKERS
state = setup(SIZES["small"])


def body(worker):
    parts[worker] = work(state, SIZES["small"], worker, WORKERS)


threads = [threading.Thread(target=body, args=(i,)) for i in range(WORKERS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print("answer", repr(combine(parts)))
'''

# Steps: `s` is the state, `w` the worker, `i` the number of the round, `mine` a list of its own,
# `sums` the worker's answer so far.
STEPS = """
with s.lock: s.count += i
with s.lock: s.text = s.text[:9] + str(i % 10)
with s.lock: s.count -= w; s.count += w
with s.lock: s.chars[i % 5] = s.chars.get(i % 5, 0) + 1
with s.other: ~with s.other: s.deep += 1
with s.lock: s.node = Node(i, s.node) if i % 7 else Node(0)
with s.lock: s.taken.append(next(s.numbers)); s.taken.sort()
with s.lock: Node.made += 1
s.list.append((w, i))
s.list.extend([(w, i, 0), (w, i, 1)])
s.list += [(w, -i)]
s.dict[(w, i % 50)] = [i, str(i)]
s.dict[w, i % 50] = s.dict.get((w, i % 50), None)
s.dict.setdefault(("once", i % 9), i % 9)
s.dict.update({(w, "u"): i, (w, "v"): [i]})
s.dict.pop((w, i % 50), None)
s.set.add(i % 31)
s.set.add((w, i % 13))
s.set.update([i % 7, "a" + str(i % 3)])
s.set.discard(("never", i))
s.slots[i % 16] = Node(i, s.slots[(i + 1) % 16] if i % 5 == 0 else None)
s.slots[i % 16], mine = Node(w), [s.slots[i % 16]]
sums += len(s.slots[(i * 7) % 16:]) * 0
sums += s.fixed["k" + str(i % 20)][0]
sums += sum([v[0] for v in s.fixed.values()]) % 10
sums += len(list(s.list)) * 0
sums += len(list(s.dict.items())) * 0
sums += len(sorted([str(k) for k in list(s.dict)])) * 0
sums += ((w, i) in s.list) * 0
sums += 1 if (w, 0.5) in s.dict else 0
sums += s.slots[i % 16].v * 0
s.rows[i % 8].append(w)
s.rows[i % 8] = s.rows[i % 8]
s.rows[w].append(i); s.rows[w].pop() if i % 3 == 0 else None
mine.append(Node(i)); mine[-1].next = mine[-1]
mine = [Node(i)]; mine.append(mine)
mine = [s.fixed["k3"]] * 5
mine = s.slots[2:9]
mine = list(map(lambda n: n.v, s.slots)); sums += len(mine)
mine = [*s.fixed.items()][:3]; sums += len(mine)
setattr(s, "own" + str(w), [i]); sums += getattr(s, "own" + str(w))[0]
try: raise X(i, w)~except X as error: sums += error.args[0]
try: s.fixed[i]~except KeyError as error: sums += error.args[0]
try: [].pop()~except IndexError as error: s.error = error
try: s.fixed["k1"][9]~finally: sums += 1
add = counter(s); sums += add(i) + add(1)
for x in numbers(i % 6): sums += x
g = numbers(3); next(g); s.generator = g
sums += len(str(2 ** (i % 90)))
x = (i, w); y = [x, x]; sums += y.count((i, w))
gc.collect() if i % 50 == 0 else None
s.word = "w" + str(i); sums += len(s.word) * 0
f = lambda a, b=i: a + b; s.function = f; sums += f(1)
s.bound = mine.append; s.bound(1) if 0 else None
sums += int(str(i) + "0") // 10
s.copy = s.fixed.copy(); sums += len(s.copy)
s.list.sort(key=str) if 0 else s.list.append((w, "z"))
del s.rows[7][:0]
sums += isinstance(s.slots[i % 16], Node)
s.tuple = (s.fixed, i); sums += len(s.tuple)
mine = [s.tuple if hasattr(s, "tuple") else 0 for _ in range(20)]
for k in list(s.fixed): sums += 1 if k in s.fixed else 0
s.taken2 = [j for j in range(i % 10)]; sums += 1
"""

COMBINE = '''

def combine(parts):
    s = parts[0][1]
    made, Node.made = Node.made, 0
    rows = [sorted(row) for row in s.rows]
    return show([sum([p[0] for p in parts]), s.count, s.deep, sorted([str(i) for i in s.list])[:50], len(s.list),
                 sorted([str(k) + str(s.dict[k]) for k in s.dict])[:60], sorted([str(x) for x in s.set]), len(s.taken),
                 s.taken[-1:], rows, made, len(s.text), sorted(s.chars.items()), len(s.slots), s.fixed])
'''


def step_lines(step):
    """The lines of a step; ~ begins a line of the same block, or one within a with."""
    first, _, rest = step.partition("~")
    if not rest:
        return first
    if first.startswith("try:"):
        head, _, body = rest.partition(": ")
        wrapped = f"try:\n    {first[5:]}\n{head}:\n    {body}"
        if head == "finally":
            wrapped = f"try:\n{textwrap.indent(wrapped, '    ')}\nexcept IndexError:\n    sums -= 1"
        return wrapped
    return f"{first.rstrip()}\n    {rest}"


def worker_lines(rng, steps):
    chosen = [step_lines(rng.choice(steps)) for _ in range(rng.randrange(2, 9))]
    lines = []
    for step in chosen:
        if rng.random() < 0.2:
            step = f"if i % {rng.randrange(2, 6)} == {rng.randrange(2)}:\n" + textwrap.indent(step, "    ")
        lines.append(textwrap.indent(step, "        "))
    return "\n".join(lines)


def generate(rng, number, context):
    if not context.sharing:
        return None
    workers = rng.choice((2, 2, 3, 4))
    steps = [line for line in STEPS.splitlines() if line]
    text = HEAD.replace("STEPS", str(rng.choice((20, 60, 150))))
    text += "\n\ndef work(s, size, w, workers):\n    mine, sums = [], 0\n    for i in range(size):\n"
    if rng.random() < 0.5:
        text += worker_lines(rng, steps)
    else:  # each worker something else
        for worker in range(workers):
            body = textwrap.indent(worker_lines(rng, steps), "    ")
            text += f"        {'el' if worker else ''}if w == {worker}:\n{body}\n"
    text += "\n    return sums, s if w == 0 else None\n" + COMBINE
    return Program("concurrent", number, text, how="workload",
                   strategies=context.choose(rng, 2, context.sharing),
                   driver=DRIVER.replace("WORKERS", str(workers)),
                   flags=(f"--workers={workers}", *context.flags(rng)))
