// tracing_gc: what its collector must find in the memory of native code, what it must give back,
// and that threads which block, raise and share lose nothing to it.
#include <gtest/gtest.h>

#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

// The strategies whose references are not counted: whose collector has to come.
std::vector<const StrategyInfo*> tracing_strategies() {
  std::vector<const StrategyInfo*> found;
  if (const StrategyInfo* strategy = find_strategy("tracing_gc")) found.push_back(strategy);
  return found;
}

// The race detector makes a collection slow, and one thread alone gives it little to find: for it
// every 7th checkpoint will do. (With every checkpoint these tests took it more than 200 s, so 66
// s.)
#if defined(__SANITIZE_THREAD__)
constexpr int kCollectEvery = 7;
#else
constexpr int kCollectEvery = 1;
#endif

class Tracing : public EngineTest {
 protected:
  // One worker with a collection at every checkpoint; then four, with one at every 50th of each,
  // for to stop the others takes as long as the machine needs to run them all.
  void expect_under_collection(const std::string& text, const std::string& answer) {
    request_.timeout = std::chrono::minutes(5);  // a sanitizer makes each collection slow
    request_.options.collect_every_checkpoints = kCollectEvery;
    expect_answer(text, answer, 1);
    request_.options.collect_every_checkpoints = 50;
    expect_answer(text, answer, 4);
  }
  double metric(const RunResult& result, const char* name) const {
    const auto found = result.metrics.find(name);
    EXPECT_NE(found, result.metrics.end()) << name;
    return found == result.metrics.end() ? -1 : found->second;
  }
};
GILBENCH_FOR_STRATEGIES(Tracing, tracing_strategies());
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Tracing);

TEST_P(Tracing, GarbageIsGivenBackWhileTheProgramRuns) {
  const RunResult result = run(R"(
SHARING = "none"
SIZES = {"small": 200_000}
EXPECT = {"small": 400_000}
class Node:
    def __init__(self, number):
        self.me = self
        self.items = [number]
def work(state, size, worker, workers):
    done = 0
    for i in range(size):
        done += len(Node(i).items)
    return done
def combine(parts): return sum(parts)
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
  EXPECT_GE(metric(result, "collections"), 2);
  EXPECT_GE(metric(result, "collected_objects"), 200'000);
  // 1.2 million objects were made, in cycles; what lives is the world and a few.
  EXPECT_LT(metric(result, "collection_live_objects_max"), 100'000);
  EXPECT_GT(metric(result, "collection_pause_total_seconds"), 0);
  EXPECT_GE(metric(result, "collection_pause_total_seconds"),
            metric(result, "collection_pause_max_seconds"));
}

TEST_P(Tracing, WhatLivesIsCountedAndStays) {
  const RunResult result = run(R"(
import gc
SHARING = "read"
SIZES = {"small": 100_000}
EXPECT = {"small": 4_999_950_000}
def setup(size):
    kept = [[i + 1_000_000] for i in range(size)]
    gc.collect()
    return kept
def work(state, size, worker, workers):
    total = 0
    for i in range(worker, size, workers):
        total += state[i][0] - 1_000_000
    return total
def combine(parts): return sum(parts)
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
  EXPECT_GE(metric(result, "collection_live_objects_max"), 200'000);
}

TEST_P(Tracing, SortingKeepsItsItemsAndKeys) {
  expect_under_collection(R"(
SHARING = "none"
SIZES = {"small": 60}
EXPECT = {"small": True}
class Item:
    def __init__(self, number): self.text = "item " + str(number)
    def __lt__(self, other): return self.text < other.text
def work(state, size, worker, workers):
    names = ["item " + str(i * 7919 % 1000) for i in range(size)]
    items = [Item(i * 7919 % 1000) for i in range(size)]
    items.sort()
    by_key = sorted((Item(i * 7919 % 1000) for i in range(size)), key=lambda item: Item(item.text[5:]))
    by_key.sort(key=lambda item: [item.text], reverse=True)
    by_key.reverse()
    names.sort()
    return [i.text for i in items] == names == [i.text for i in by_key]
def combine(parts): return all(parts)
)",
                          "True");
}

TEST_P(Tracing, ErrorsInFlightAndBeingHandledStay) {
  expect_under_collection(R"(
SHARING = "none"
SIZES = {"small": 20}
EXPECT = {"small": 20}
class Problem(Exception):
    def __init__(self, text):
        super().__init__(text)
        self.text = text
class Manager:
    def __enter__(self): return [self]
    def __exit__(self, kind, error, traceback):
        return len([error.text for _ in range(3)]) == 3
def fail(n):
    try:
        if n > 0: fail(n - 1)
        raise Problem("problem " + str(n))
    except Problem as error:
        raise Problem(error.text + "!") from error
def generate(n):
    try:
        for i in range(n): yield [i]
    finally:
        [str(i) for i in range(3)]
def work(state, size, worker, workers):
    seen = 0
    for i in range(size):
        with Manager() as inside:
            fail(3)
        try:
            fail(2)
        except Problem as error:
            chain = []
            while error is not None:
                chain.append(error.text)
                error = error.__cause__
            seen += chain[0] == "problem 0!!!" or chain[0].startswith("problem")
        for item in generate(3):
            if item[0] == 1: break
    return seen
def combine(parts): return sum(parts) // len(parts)
)",
                          "20");
}

TEST_P(Tracing, CallsWithManyArgumentsKeepThem) {
  expect_under_collection(R"(
SHARING = "none"
SIZES = {"small": 10}
EXPECT = {"small": True}
class Box:
    def __init__(self, *values, **named):
        self.values = values
        self.named = named
    def total(self, *values, **named):
        return sum([int(v) for v in values]) + sum(int(v) for v in named.values())
def fresh(n): return [str(1_000 + i) for i in range(n)]
def work(state, size, worker, workers):
    ok = True
    for i in range(size):
        names = {"name" + str(k): str(2_000 + k) for k in range(20)}
        box = Box(*fresh(30), **names)
        ok = ok and box.total(*fresh(40), **{k: str(v) for k, v in names.items()}) == 80_970
        ok = ok and list(map(lambda a, b, c: a + b + c, fresh(5), fresh(5), fresh(5)))[4] == "100410041004"
        ok = ok and [a + b + c for a, b, c in zip(fresh(4), map(str, range(4)), fresh(4))][3] == "100331003"
        ok = ok and len(box.values) == 30 and box.named["name7"] == "2007"
    return ok
def combine(parts): return all(parts)
)",
                          "True");
}

TEST_P(Tracing, BlockedThreadsKeepWhatTheyHold) {
  expect_under_collection(R"(
import threading, time, os, hashlib
SHARING = "write"
SIZES = {"small": 20}
EXPECT = {"small": True}
def setup(size): return {"lock": threading.Lock(), "sums": []}
def pause(text, parts):
    time.sleep(0.002)
    return text + "".join(parts)
def work(state, size, worker, workers):
    for i in range(size):
        text = pause("a" * 50 + str(i), [str(k) for k in range(10)])
        assert text == "a" * 50 + str(i) + "0123456789", text
        read, write = os.pipe()
        os.write(write, ("b" * 3000 + str(i)).encode())
        assert os.read(read, 4000) == ("b" * 3000 + str(i)).encode()
        os.close(read); os.close(write)
        digest = hashlib.sha256((str(i) * 40_000).encode()).hexdigest()
        with state["lock"]:
            state["sums"].append([digest, i])
        [str(k) for k in range(50)]
    return len([1 for digest, i in list(state["sums"]) if len(digest) == 64 and 0 <= i < size]) >= size
def combine(parts): return all(parts)
)",
                          "True");
}

// The containers change under one worker while the others read and collect.
TEST_P(Tracing, SharedContainersUnderCollection) {
  expect_under_collection(R"(
SHARING = "write"
SIZES = {"small": 40}
EXPECT = {"small": True}
class Shared:
    pass
def setup(size):
    shared = Shared()
    shared.items = [[i] for i in range(50)]
    shared.table = {"key" + str(i): [i] for i in range(50)}
    shared.names = {"x" + str(i) for i in range(50)}
    return shared
def work(shared, size, worker, workers):
    for i in range(size):
        key = "key" + str(i % 70)
        shared.table[key] = [i % 70]
        found = shared.table.get("key" + str(i % 50))
        assert found is not None and found[0] == i % 50, found
        shared.items.append([i])
        assert shared.items[i % 50][0] >= 0
        if len(shared.items) > 90: shared.items.pop()
        shared.names.add("x" + str(i % 60))
        shared.latest = [worker, i]
        assert len(shared.latest) == 2
        copy = dict(shared.table)
        assert len(copy) >= 50 and all(len(v) == 1 for v in copy.values())
    return True
def combine(parts): return all(parts)
)",
                          "True");
}

TEST_P(Tracing, DeadClassesOutliveTheirInstances) {
  expect_under_collection(R"(
import gc
SHARING = "none"
SIZES = {"small": 60}
EXPECT = {"small": 60}
def make(i):
    class Local:
        number = i
        def __init__(self): self.rest = [Local]
        def ask(self): return self.number
    return Local
def work(state, size, worker, workers):
    good = 0
    for i in range(size):
        klass = make(i)
        instances = [klass() for _ in range(5)]
        good += sum(x.ask() for x in instances) == 5 * i
        if i % 20 == 0: gc.collect()
    return good
def combine(parts): return sum(parts) // len(parts)
)",
                          "60");
}

}  // namespace
}  // namespace gilbench
