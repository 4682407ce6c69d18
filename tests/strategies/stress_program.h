// The program of the stress test: workers that make objects, share them through a list, a dict and
// an object's attributes, read and call what others have made, drop it, and end. A seed decides
// what each does, how late it begins, how often it sleeps, when it ends and whether it drops then
// what it holds or leaves it. What is left outlives all workers and is looked at once more, used
// and dropped by the thread that combines. Each object carries a check of its own contents: one
// that was freed under a reader and made anew says so.
//
// Nothing refers to what is younger than itself, so counts alone must bring the heap back to where
// it was.
#pragma once

namespace gilbench {

// The seed is in the environment, as GILBENCH_STRESS_SEED.
inline constexpr const char* kStressProgram = R"(
import os, threading, time

SHARING = "write"
SIZES = {"small": 12_000}
EXPECT = {"small": True}
SLOTS = 24

class Random:
    def __init__(self, seed): self.state = (seed * 2654435761 + 12345) & 0x7fffffff
    def below(self, limit):
        self.state = (self.state * 1103515245 + 12345) & 0x7fffffff
        return (self.state >> 8) % limit

class Node:
    def __init__(self, number, older):
        self.number = number
        self.check = number * 7 + 3
        self.older = older
        self.tags = [number]
    def proof(self):
        return self.check - self.number * 7

class Special(Node):
    def proof(self):
        return Node.proof(self)

class Shared:
    def __init__(self):
        self.slots = [None] * SLOTS
        self.named = {}
        self.numbers = set()
        self.latest = None
        self.lock = threading.Lock()
        self.locked = 0

def setup(size): return Shared()

def closure_over(node):
    def proof(): return node.proof()
    return proof

def numbers_of(node):
    while node is not None:
        yield node.number
        node = node.older

def failing(node):
    try:
        raise ValueError(node)
    except ValueError as error:
        return error

def older_of(thing):
    # No longer chains than this: it is many objects that are wanted, not deep ones.
    if isinstance(thing, Node):
        depth = sum([1 for _ in numbers_of(thing)])
        return thing if depth < 6 else None
    return None

def make(random, number, older):
    node = (Special if random.below(3) == 0 else Node)(number, older_of(older))
    what = random.below(10)
    if what < 4: return node
    if what == 4: return (node, number, str(number), float(number))
    if what == 5: return [node, 10 ** 20 + number]
    if what == 6: return {"node": node, number: b"bytes"}
    if what == 7: return closure_over(node)
    if what == 8: return node.proof
    generator = numbers_of(node)
    next(generator)
    return generator if random.below(2) == 0 else failing(node)

def look_at(thing):
    if isinstance(thing, Node):
        thing.tags.append(thing.number)
        if len(thing.tags) > 3: del thing.tags[1:]
        node = thing
        while node is not None:
            assert node.proof() == 3, ("node", node.number, node.check)
            node = node.older
    elif isinstance(thing, tuple):
        assert thing[0].proof() == 3 and thing[2] == str(thing[1]) and thing[3] == thing[1]
    elif isinstance(thing, list):
        assert thing[0].proof() == 3 and thing[1] == 10 ** 20 + thing[0].number
    elif isinstance(thing, dict):
        assert thing["node"].proof() == 3 and thing[thing["node"].number] == b"bytes"
    elif isinstance(thing, ValueError):
        assert thing.args[0].proof() == 3
    elif callable(thing):
        assert thing() == 3

def step(shared, random, number, mine):
    what = random.below(12)
    place = random.below(SLOTS)
    if what < 3:
        shared.slots[place] = make(random, number, shared.latest)
    elif what == 3:
        shared.latest = Node(number, older_of(shared.slots[place]))
    elif what == 4:
        shared.named[f"name{place}"] = make(random, number, mine[-1] if mine else None)
    elif what < 7:
        thing = shared.slots[place]
        look_at(thing)
        mine.append(thing)
    elif what == 7:
        look_at(shared.named.get(f"name{place}"))
        mine.append(shared.named.pop(f"name{place}", None))
    elif what == 8:
        for thing in shared.slots[place : place + 4] + list(shared.named.values()):
            look_at(thing)
    elif what == 9:
        shared.slots[place] = None
        shared.numbers |= {number % 97, place}
        if place == 0: shared.numbers.clear()
    elif what == 10:
        mine.extend(shared.slots)
        del mine[: random.below(len(mine))]
    else:
        look_at(shared.latest)
        with shared.lock:
            shared.locked += 1
    if len(mine) > 40: mine.clear()
    return what == 11

def work(state, size, worker, workers):
    random = Random(int(os.environ["GILBENCH_STRESS_SEED"]) * 100 + worker)
    mine = []
    locked = 0
    time.sleep(random.below(8) * 0.001)
    for turn in range(random.below(2 * size // workers)):
        locked += step(state, random, turn * workers + worker, mine)
        # Others drop what it has made while it is away.
        if random.below(400) == 0: time.sleep(0.001)
    if random.below(2) == 0: mine.clear()
    return locked, state, mine

# All who made them have ended.
def look_at_last(thing):
    look_at(thing)
    if hasattr(thing, "__next__"):
        assert sum([number < 0 for number in thing]) == 0

def combine(parts):
    state = parts[0][1]
    for locked, same, mine in parts:
        assert same is state
        state.slots += mine
    for thing in state.slots + list(state.named.values()): look_at_last(thing)
    look_at(state.latest)
    return sum([locked for locked, same, mine in parts]) == state.locked
)";

}  // namespace gilbench
