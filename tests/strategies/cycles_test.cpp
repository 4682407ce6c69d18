// The cycle collector under every strategy that has it: what it finds, when it comes, and that
// threads which go on making cycles lose nothing to it.
#include <algorithm>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

std::vector<const StrategyInfo*> collecting_strategies() {
  std::vector<const StrategyInfo*> all = all_strategies();
  std::erase_if(all, [](const StrategyInfo* info) { return !info->collects_cycles; });
  return all;
}

std::vector<const StrategyInfo*> sharing_collecting_strategies() {
  std::vector<const StrategyInfo*> all = collecting_strategies();
  std::erase_if(all, [](const StrategyInfo* info) { return !info->workers_share_objects; });
  return all;
}

const std::string kNode = R"(
import gc
class Node:
    def __init__(self, value):
        self.value = value
        self.me = self
)";

class Cycles : public EngineTest {
 protected:
  // Runs work() on two workers with EXPECT 1; what it came to.
  RunResult collected(const std::string& text, int workers = 2) {
    RunResult result = run(kHead + kNode + text, workers);
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message << "\ngot " << result.answer;
    EXPECT_EQ(result.leaked_objects, 0);
    return result;
  }
};

TEST_P(Cycles, WhatIsLeftInTheEndIsNoLeak) {
  const RunResult result = collected(R"(
kept = Node(1)
def work(state, size, worker, workers):
    for i in range(100): Node(i)
)");
  EXPECT_EQ(result.metrics.at("collections"), 0);
  EXPECT_EQ(result.metrics.at("collected_objects"), 0);
  EXPECT_EQ(result.metrics.count("uncollected_objects"), 0u);
}

TEST_P(Cycles, TheCollectorComesByItself) {
  const RunResult result = collected(R"(
def work(state, size, worker, workers):
    for i in range(100_000): Node(i)
)");
  EXPECT_GE(result.metrics.at("collections"), 2);
  // All but what came after the last collection.
  EXPECT_GT(result.metrics.at("collected_objects"), 120'000);
  EXPECT_LE(result.metrics.at("collected_objects"), 200'000);
  // The heap is not left to grow: the world's own objects, and as many again a few times.
  EXPECT_LT(result.metrics.at("collection_live_objects_max"), 60'000);
  EXPECT_GT(result.metrics.at("collection_pause_max_seconds"), 0);
  EXPECT_GE(result.metrics.at("collection_pause_total_seconds"),
            result.metrics.at("collection_pause_max_seconds"));
}

TEST_P(Cycles, WithoutTheCollectorTheGarbageIsCounted) {
  request_.options.collect_cycles = false;
  const RunResult result = collected(R"(
def setup(size):
    for i in range(50_000): Node(i)
def work(state, size, worker, workers):
    assert not gc.isenabled()
)");
  EXPECT_EQ(result.metrics.at("collections"), 0);
  // Each node, and the number that it has alone.
  EXPECT_GT(result.metrics.at("uncollected_objects"), 99'000);
  EXPECT_LT(result.metrics.at("uncollected_objects"), 101'000);
}

TEST_P(Cycles, AProgramMayTurnItOffAndOnAgain) {
  const RunResult result = collected(R"(
gc.disable()
for i in range(50_000): Node(i)
found = gc.collect()
gc.enable()
for i in range(50_000): Node(i)
rest = gc.collect()
assert found == 50_000 and rest < 50_000, (found, rest)
def work(state, size, worker, workers): pass
)");
  EXPECT_GE(result.metrics.at("collections"), 3);
}

TEST_P(Cycles, WorkAsksForItMoreSeldomTheMoreThereIs) {
  // No garbage at all: the heap doubles again and again.
  const RunResult result = collected(R"(
def setup(size):
    kept = [[i] for i in range(300_000)]
def work(state, size, worker, workers): pass
)");
  EXPECT_GE(result.metrics.at("collections"), 3);
  EXPECT_LE(result.metrics.at("collections"), 8);
  EXPECT_EQ(result.metrics.at("collected_objects"), 0);
}

TEST_P(Cycles, ObjectsOfEverySizeAreFoundAndNoOther) {
  // Blocks of all sizes, several chunks of each, and large objects from 30 items on. Every other
  // ring is kept, and is what it was.
  const RunResult result = collected(R"(
gc.disable()
kept = []
for size in range(1, 41):
    for i in range(1500):
        ring = [size]
        ring.append((ring,) * size)
        if i % 2: kept.append(ring)
del ring
found = gc.collect()
assert found == 40 * 750 * 2, found
for ring in kept:
    assert ring[1][ring[0] - 1] is ring and len(ring[1]) == ring[0]
def work(state, size, worker, workers): pass
)");
  EXPECT_GE(result.metrics.at("collections"), 1);  // in each world, where each worker has one
}

TEST_P(Cycles, LargeObjectsHoldOthersAndAreHeld) {
  collected(R"(
gc.disable()
class Wide: pass
def widen(i):
    wide = Wide()
    for k in range(60): setattr(wide, "a" + str(k), [k])
    wide.me = wide
    return wide
widen(0)  # from here on the class's instances are made large enough
kept = [widen(i) for i in range(20)]
for i in range(20): widen(i)
found = gc.collect()
assert found == 21 * 61, found
# Reached through a large object alone; and a large object, from a small one alone.
deep = (None,) * 100 + ([widen(1)],)
assert gc.collect() == 0
assert deep[100][0].a59 == [59] and deep[100][0].me is deep[100][0]
assert [wide.a7[0] for wide in kept] == [7] * 20
kept = deep = None
found = gc.collect()
assert found == 21 * 61, found
def work(state, size, worker, workers): pass
)");
}

TEST_P(Cycles, LongRingsNeedNoDeepStack) {
  collected(R"(
first = last = []
for i in range(300_000): last = [last]
first.append(last)
del first, last
gc.collect()
def work(state, size, worker, workers): pass
)");
}

TEST_P(Cycles, ARunThatCollectsAllTheTimeEndsByTheClock) {
  expect_timeout(R"(
import gc
def work(state, size, worker, workers):
    while True:
        ring = []
        ring.append(ring)
        gc.collect()
)");
}

TEST_P(Cycles, ErrorsAndTheirContextsAreCollected) {
  expect_error(R"(
import gc
class Oops(Exception): pass
def work(state, size, worker, workers):
    for i in range(1000):
        try:
            raise Oops(i)
        except Oops as error:
            error.itself = error
    gc.collect()
    raise Oops("the last")
)",
               traceback_ + frame(18, "work", "raise Oops(\"the last\")") + "Oops: the last");
}

GILBENCH_FOR_STRATEGIES(Cycles, collecting_strategies());

// ---- threads that share objects ----

class SharedCycles : public Cycles {};

TEST_P(SharedCycles, ThreadsGoOnMakingCyclesWhileOneCollects) {
  collected(R"(
shared = {"nodes": [Node(i) for i in range(50)], "swaps": 0}
lock = threading.Lock()
def make(worker, times):
    for i in range(times):
        node = Node([i, worker])
        node.more = {"node": node, "list": [node]}
        place = (i * 7 + worker) % 50
        old = shared["nodes"][place]
        shared["nodes"][place] = Node(old.value)
        old.other = node
        def recurse(n): return n if n == 0 else recurse(n - 1)
        recurse(2)
        if node.more["node"].value[0] != i: return False
    return True
def work(state, size, worker, workers):
    good = True
    for round in range(30):
        if worker == 0:
            gc.collect()
        good = make(worker, 40) and good
        with lock: shared["swaps"] += 1
    return good
def combine(parts):
    values = sorted(node.value for node in shared["nodes"])
    assert values == list(range(50)), values
    assert all(node.me is node for node in shared["nodes"])
    return parts == [True] * 4 and shared["swaps"] == 120
EXPECT = {"small": True}
)",
            4);
}

TEST_P(SharedCycles, AllMayCollectAtOnce) {
  collected(R"(
def work(state, size, worker, workers):
    found = 0
    for round in range(40):
        Node(round)
        found += gc.collect()
    return found
def combine(parts):
    return sum(parts)
EXPECT = {"small": 160}
)",
            4);
}

TEST_P(SharedCycles, ThreadsThatWaitHoldUpNoCollection) {
  collected(R"(
lock = threading.Lock()
ready = []
def work(state, size, worker, workers):
    if worker == 0:
        with lock:
            while len(ready) < workers - 1: time.sleep(0.001)
            for i in range(20):
                Node(i)
                assert gc.collect() >= 1
        return 1
    mine = Node(worker)
    ready.append(worker)
    if worker == 1: time.sleep(0.01)
    with lock:
        return mine.me.value
def combine(parts): return sum(parts)
EXPECT = {"small": 7}
)",
            4);
}

// Rings within one thread's objects, of two busy threads: each finds its own. They go in step, for
// garbage that a thread has not had the time to take apart makes a collection of the whole due.
TEST_P(SharedCycles, BusyThreadsCollectTogether) {
  if (!GetParam()->locks_objects) GTEST_SKIP() << "one thread at a time";
#ifdef __SANITIZE_ADDRESS__
  GTEST_SKIP() << "each object has an allocation of its own, so threads have no parts";
#endif
  const RunResult result = collected(R"(
steps = [0, 0]
def work(state, size, worker, workers):
    for step in range(50):
        for i in range(2_000): Node(i)
        steps[worker] += 1
        while steps[1 - worker] <= step: pass
)");
  EXPECT_GT(result.metrics.at("collected_objects"), 120'000);
  EXPECT_GE(result.metrics.at("collections_by_parts"), 2);
}

TEST_P(SharedCycles, AHeapThatHasShrunkIsCollectedAsASmallOne) {
  if (GetParam()->workers_take_turns) GTEST_SKIP() << "one that waits busily holds up the others";
  const RunResult result = collected(R"(
many = [[i] for i in range(100_000)]
ready = []
def setup(size):
    gc.collect()
    many.clear()
def work(state, size, worker, workers):
    ready.append(worker)
    while len(ready) < workers: pass
    for i in range(100_000): Node(i + 1000)
)");
  EXPECT_GE(result.metrics.at("collections"), 5);  // 2 with the limit of before
}

// What no thread finds in its own part of the heap is not left to grow. Both threads wait attached,
// so that collections have both look at their parts.
TEST_P(SharedCycles, RingsThroughSeveralThreadsObjectsAreFoundInTime) {
  if (GetParam()->workers_take_turns) GTEST_SKIP() << "one that waits busily holds up the others";
  const RunResult result = collected(R"(
given = []
def work(state, size, worker, workers):
    for batch in range(50):
        mine = [Node(i + 1000) for i in range(500)]
        if worker == 0:
            while given: pass
            given.append(mine)
        else:
            while not given: pass
            for my, other in zip(mine, given[0]):
                my.ring = other
                other.ring = my
            my = other = None
            given.clear()
        mine = None
)");
  EXPECT_GT(result.metrics.at("collected_objects"), 25'000);
  EXPECT_LT(result.metrics.at("collection_live_objects_max"), 60'000);
}

TEST_P(SharedCycles, GarbageOfSeveralThreadsIsTakenApartByOne) {
  if (std::string(GetParam()->name) == "unsynchronized") {
    GTEST_SKIP() << "a list whose count was torn too high leaks, with the nodes that it holds";
  }
  const RunResult result = collected(R"(
gc.disable()
nodes = []
def work(state, size, worker, workers):
    mine = [Node(i) for i in range(500)]
    nodes.append(mine)
    while len(nodes) < workers: time.sleep(0.001)
    for i in range(500):
        mine[i].next = nodes[(worker + 1) % workers][i]  # rings through all threads' objects
def combine(parts):
    nodes.clear()
    return gc.collect()
EXPECT = {"small": 1500}
)",
                                     3);
  EXPECT_EQ(result.metrics.at("collected_objects"), 1500);
}

GILBENCH_FOR_STRATEGIES(SharedCycles, sharing_collecting_strategies());

}  // namespace
}  // namespace gilbench
