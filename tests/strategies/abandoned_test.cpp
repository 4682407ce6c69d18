// Abandoned generators where threads, collectors and the end of a run are concerned: each finally
// runs once, whoever gives the generator up, and locks in a with are free again. What one thread
// prints is in tests/language/abandoned/.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

// Each finally puts its generator's number down in a file, so that those which run at the very end
// are seen as well.
class Abandoned : public EngineTest {
 protected:
  std::string head(int size) const {
    return R"(import gc, os, threading, time
SHARING = "write"
SIZES = {"small": )" +
           std::to_string(size) + R"(}
EXPECT = {"small": 1}
log = os.open(")" +
           log_path() +
           R"(", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
lock = threading.Lock()
def combine(parts): return 1
def guarded(number):
    try:
        yield number
        yield number
    finally:
        os.write(log, b"%d\n" % number)
def begun(number):
    generator = guarded(number)
    next(generator)
    return generator
)";
  }
  // Runs it; which numbers have been put down, in order of size.
  std::vector<int> ended(const std::string& text, int size, int workers = 4) {
    std::filesystem::remove(log_path());
    const RunResult result = run(head(size) + text, workers);
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message << "\ngot " << result.answer;
    EXPECT_EQ(result.leaked_objects, 0);
    std::ifstream file(log_path());
    std::vector<int> numbers{std::istream_iterator<int>(file), std::istream_iterator<int>()};
    std::sort(numbers.begin(), numbers.end());
    return numbers;
  }
  static std::vector<int> all_below(int end) {
    std::vector<int> numbers;
    for (int i = 0; i < end; ++i) numbers.push_back(i);
    return numbers;
  }

 private:
  std::string log_path() const { return path() + ".log"; }
};

class AbandonedAnywhere : public Abandoned {};
GILBENCH_FOR_STRATEGIES(AbandonedAnywhere, all_strategies());
GILBENCH_FOR_STRATEGIES(Abandoned, sharing_strategies());
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(Abandoned);

TEST_P(AbandonedAnywhere, WorkersCloseWhatTheyBegan) {
  EXPECT_EQ(ended(R"(
def work(state, size, worker, workers):
    for i in range(worker, size, workers):
        for value in guarded(i): break
    if worker == 0:
        kept = begun(size)
)",
                  400, 3),
            all_below(401));
}

TEST_P(Abandoned, WorkersCloseWhatTheirMainThreadBegan) {
  EXPECT_EQ(ended(R"(
def setup(size): return [begun(i) for i in range(size)]
def work(state, size, worker, workers):
    while state:
        with lock:
            generator = state.pop() if state else None
        generator = None
)",
                  400),
            all_below(400));
}

TEST_P(Abandoned, WorkersCloseWhatOthersBegan) {
  EXPECT_EQ(ended(R"(
def setup(size): return [[] for i in range(8)]
def work(state, size, worker, workers):
    for i in range(worker, size, workers):
        mine = state[i % 8]
        generator = begun(i)
        with lock:
            mine.append(generator)
            generator = None
            other = state[(i * 5 + worker) % 8]
            taken = other.pop() if other and i % 3 else None
        if taken is not None: next(taken)
        taken = None
)",
                  1000),
            all_below(1000));
}

TEST_P(Abandoned, TheLastOfTheirHoldersClosesThem) {
  EXPECT_EQ(ended(R"(
def setup(size): return [begun(i) for i in range(size)]
def work(state, size, worker, workers):
    mine = list(state)
    with lock: state.clear()
    while mine: mine.pop()
)",
                  300),
            all_below(300));
}

TEST_P(Abandoned, CyclesAreClosedByCollections) {
  EXPECT_EQ(ended(R"(
def ring(number):
    box = []
    def inside():
        try:
            yield box
        finally:
            os.write(log, b"%d\n" % number)
    box.append(inside())
    next(box[0])
def work(state, size, worker, workers):
    for i in range(worker, size, workers):
        ring(i)
        if i % 50 == 0: gc.collect()
        filler = [[k] for k in range(100)]
)",
                  400),
            all_below(400));
}

TEST_P(Abandoned, ALockOfAnAbandonedGeneratorIsFreeAgain) {
  if (!GetParam()->collects_cycles) GTEST_SKIP() << "free at a collection, for which none waits";
  EXPECT_EQ(ended(R"(
guard = threading.Lock()
def holding(number):
    with guard:
        try:
            yield number
        finally:
            os.write(log, b"%d\n" % number)
def work(state, size, worker, workers):
    for i in range(worker, size, workers):
        for value in holding(i): break
        if i % 7 == 0: gc.collect()
    return 1
)",
                  60, 1),
            all_below(60));
}

TEST_P(AbandonedAnywhere, WhatIsLeftIsClosedAtTheEnd) {
  EXPECT_EQ(ended(R"(
kept = []
def setup(size):
    for i in range(size): kept.append(begun(i))
    ring = [begun(size)]
    ring.append(ring)
    return 1
def work(state, size, worker, workers): pass
)",
                  50, 2),
            all_below(51));
}

TEST_P(AbandonedAnywhere, ClosingThatNeverEndsIsEndedByTheClock) {
  expect_timeout(R"(
import gc
def endless():
    try:
        yield 1
    finally:
        while True: pass
def work(state, size, worker, workers):
    while True:
        for value in endless(): break
        gc.collect()
)");
}

TEST_P(AbandonedAnywhere, ClosingAtTheEndIsEndedByTheClock) {
  request_.timeout = std::chrono::milliseconds(1000);
  const RunResult result = run(std::string(kHead) + R"(
def endless():
    try:
        yield 1
    finally:
        while True: pass
kept = endless()
next(kept)
def work(state, size, worker, workers): return 1
)");
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(AbandonedAnywhere, ADeepRowOfThemEndsAsRecursionDoes) {
  // Each finally gives up the next: the innermost ones cannot be closed any more, as in CPython.
  const RunResult result = run(std::string(kHead) + R"(
def row(depth):
    try:
        yield depth
    finally:
        if depth > 0:
            other = row(depth - 1)
            next(other)
def work(state, size, worker, workers):
    first = row(5000)
    next(first)
    first = None
    return 1
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
}

}  // namespace
}  // namespace gilbench
