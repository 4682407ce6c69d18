// Deadlocks over a program's locks, and over objects' own locks where they are taken in no order:
// each is told, with who holds and who waits for what, and nothing else is taken for one.
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

// Two locks, made in make(), and a way for all workers to wait for each other.
constexpr const char* kTwoLocks = R"(
SHARING = "write"
SIZES = {"small": 1}
EXPECT = {"small": 1}
import threading, time

def make(kind): return kind(), kind()
lock_a, lock_b = make(threading.KIND)
arrived = []

def meet(workers):
    arrived.append(1)
    while len(arrived) < workers: time.sleep(0.0005)

def combine(parts): return 1
)";

class Deadlocks : public EngineTest {
 protected:
  Deadlocks() { request_.timeout = std::chrono::milliseconds(20'000); }
  RunResult run_with(const std::string& kind, const std::string& text, int workers) {
    std::string head = kTwoLocks;
    head.replace(head.find("KIND"), 4, kind);
    return run(head + text, workers);
  }
  void expect_told(const RunResult& result, const std::string& line) {
    EXPECT_EQ(result.status, RunStatus::kError) << result.answer;
    const std::string last = "\nRuntimeError: deadlock: " + line;
    EXPECT_TRUE(without_end(result.message).ends_with(last)) << result.message;
    EXPECT_EQ(result.message.find("Traceback"), 0u);
    EXPECT_EQ(result.leaked_objects, 0);
  }
  void expect_fine(const RunResult& result) {
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
  }
};
GILBENCH_FOR_STRATEGIES(Deadlocks, all_strategies());

TEST_P(Deadlocks, OfOneThreadAreTold) {
  expect_told(run_with("Lock", R"(
def work(state, size, worker, workers):
    lock_a.acquire()
    lock_a.acquire()
)",
                       1),
              "worker 0 holds Lock 1 (made in make) and waits for Lock 1 (made in make)");
}

TEST_P(Deadlocks, OfAScriptAreTold) {
  const ScriptResult result = GetParam()->make_engine()->run_script(
      compiled("import threading\nlock = threading.Lock()\nwith lock:\n    with lock: pass\n"), {});
  EXPECT_NE(result.error.find("RuntimeError: deadlock: the main thread holds Lock 1 (made in "
                              "<module>) and waits for Lock 1 (made in <module>)"),
            std::string::npos)
      << result.error;
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(Deadlocks, CanBeCaught) {
  expect_fine(run_with("Lock", R"(
def work(state, size, worker, workers):
    with lock_a:
        try:
            lock_a.acquire()
        except RuntimeError as error:
            assert str(error).startswith("deadlock: ")
    assert not lock_a.locked()
)",
                       1));
}

class SharedDeadlocks : public Deadlocks {};
GILBENCH_FOR_STRATEGIES(SharedDeadlocks, sharing_strategies());

constexpr const char* kBothWays =
    "worker 0 holds Lock 1 (made in make) and waits for Lock 2 (made in make); "
    "worker 1 holds Lock 2 (made in make) and waits for Lock 1 (made in make)";

// Who enters a lock by `with` is the one to release it: no need to wait for the third worker.
TEST_P(SharedDeadlocks, OverWithAreToldWhileOthersGoOn) {
  expect_told(run_with("Lock", R"(
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    if worker == 2:
        meet(workers)
        while True: time.sleep(0.001)
    with first:
        meet(workers)
        with second: pass
)",
                       3),
              kBothWays);
}

TEST_P(SharedDeadlocks, OverRLocksAreToldWhileOthersGoOn) {
  const RunResult result = run_with("RLock", R"(
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    if worker == 2:
        meet(workers)
        while True: time.sleep(0.001)
    first.acquire()
    first.acquire()
    meet(workers)
    second.acquire()
)",
                                    3);
  expect_told(result,
              "worker 0 holds RLock 1 (made in make) and waits for RLock 2 (made in make); "
              "worker 1 holds RLock 2 (made in make) and waits for RLock 1 (made in make)");
}

// The third worker might release what the others took by acquire(), until it has ended.
TEST_P(SharedDeadlocks, OverAcquireAreToldWhenNobodyCanHelp) {
  const RunResult result = run_with("Lock", R"(
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    if worker == 2:
        meet(workers)
        time.sleep(0.05)
        return
    first.acquire()
    meet(workers)
    second.acquire()
)",
                                    3);
  expect_told(result, kBothWays);
}

TEST_P(SharedDeadlocks, OverAcquireAreNoneWhenSomebodyHelps) {
  expect_fine(run_with("Lock", R"(
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    if worker == 2:
        meet(workers)
        time.sleep(0.1)
        lock_a.release()
        return
    first.acquire()
    meet(workers)
    second.acquire()
    if worker == 1: lock_b.release()
)",
                       3));
}

TEST_P(SharedDeadlocks, OverALockWhoseHolderHasEndedAreTold) {
  expect_told(run_with("Lock", R"(
def work(state, size, worker, workers):
    if worker == 0: lock_a.acquire()
    meet(workers)
    if worker == 1: lock_a.acquire()
)",
                       2),
              "worker 1 waits for Lock 1 (made in make); "
              "worker 0 holds Lock 1 (made in make) and has ended");
}

TEST_P(SharedDeadlocks, OverALockThatSetupHoldsAreTold) {
  expect_told(run_with("RLock", R"(
def setup(size): lock_b.acquire()
def work(state, size, worker, workers):
    with lock_b: pass
)",
                       1),
              "worker 0 waits for RLock 2 (made in make); "
              "the main thread holds RLock 2 (made in make) and waits for the workers to end");
}

TEST_P(SharedDeadlocks, LetTheOthersGoOnOnceTheyAreBroken) {
  expect_fine(run_with("Lock", R"(
told = []
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    try:
        with first:
            meet(workers)
            with second: pass
    except RuntimeError:
        told.append(worker)
    arrived.append(1)
    while len(arrived) < 2 * workers: time.sleep(0.001)
    assert len(told) == 1, told
)",
                       2));
}

TEST_P(SharedDeadlocks, AreNotSeenInAWaitWithALimit) {
  expect_fine(run_with("Lock", R"(
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    with first:
        meet(workers)
        if worker == 0:
            assert not second.acquire(timeout=0.15)
        else:
            with second: pass
)",
                       2));
}

// A `with` block of a generator ends in the thread that resumes it: worker 0 began it, worker 2
// ends it while worker 0 waits for the lock of worker 1, who waits for the generator's.
TEST_P(SharedDeadlocks, AreNotSeenOverALockOfAGenerator) {
  for (const char* block : {"    with lock_a: yield",
                            "    for turn in range(1):\n        with lock_a, Nothing(): yield"}) {
    expect_fine(run_with("Lock", std::string(R"(
class Nothing:
    def __enter__(self): pass
    def __exit__(self, *given): pass
def block():
)") + block + R"(
blocks = []
def work(state, size, worker, workers):
    if worker == 0:
        blocks.append(block())
        next(blocks[0])
    if worker == 1: lock_b.acquire()
    meet(workers)
    if worker == 2:
        time.sleep(0.2)
        assert next(blocks[0], "ended") == "ended"
    elif worker == 0:
        with lock_b: pass
    else:
        with lock_a: pass
        lock_b.release()
)",
                         3));
  }
}

TEST_P(SharedDeadlocks, AreNotSeenOverALockEnteredByName) {
  expect_fine(run_with("Lock", R"(
def work(state, size, worker, workers):
    if worker == 0: lock_a.__enter__()
    if worker == 1: lock_b.__enter__()
    meet(workers)
    if worker == 2:
        time.sleep(0.2)
        lock_a.__exit__(None, None, None)
    elif worker == 0:
        with lock_b: pass
    else:
        with lock_a: pass
        lock_b.__exit__(None, None, None)
)",
                       3));
}

// A ring through a generator's lock is told once nobody is left who might end its block.
TEST_P(SharedDeadlocks, OverALockOfAGeneratorAreToldWhenNobodyCanHelp) {
  expect_told(run_with("Lock", R"(
def block():
    with lock_a: yield
def work(state, size, worker, workers):
    if worker == 0:
        mine = block()
        next(mine)
    if worker == 1: lock_b.acquire()
    meet(workers)
    if worker == 2: time.sleep(0.05)
    if worker == 0:
        with lock_b: pass
    if worker == 1:
        with lock_a: pass
)",
                       3),
              kBothWays);
}

// A function that a generator calls cannot be left to another thread: its locks are its thread's.
TEST_P(SharedDeadlocks, OverAWithOfAFunctionInAGeneratorAreToldAtOnce) {
  expect_told(run_with("Lock", R"(
def both(first, second, workers):
    with first:
        meet(workers)
        with second: pass
def steps(first, second, workers): yield both(first, second, workers)
def work(state, size, worker, workers):
    first, second = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    if worker == 2:
        meet(workers)
        while True: time.sleep(0.001)
    next(steps(first, second, workers))
)",
                       3),
              kBothWays);
}

// Each waits for a lock that it has taken itself and that the other one releases: no deadlock,
// ever.
TEST_P(SharedDeadlocks, AreNotSeenInAHandOver) {
  expect_fine(run_with("Lock", R"(
lock_a.acquire()
lock_b.acquire()
def work(state, size, worker, workers):
    mine, other = (lock_a, lock_b) if worker == 0 else (lock_b, lock_a)
    for turn in range(1500):
        if worker == 0: other.release()
        mine.acquire()
        if worker == 1: other.release()
)",
                       2));
}

// Whoever releases a lock helps a thread that waits for it inside its own `with` of it; the end of
// the block gives back what it has then taken.
TEST_P(SharedDeadlocks, AreNotSeenOverALockThatItsHolderWaitsFor) {
  expect_fine(run_with("Lock", R"(
def work(state, size, worker, workers):
    if worker == 0:
        with lock_a:
            meet(workers)
            lock_a.acquire()
    else:
        meet(workers)
        time.sleep(0.1)
        lock_a.release()
)",
                       2));
}

// Many locks, always in one order, by all workers: contended, but never a cycle.
TEST_P(SharedDeadlocks, AreNotSeenInAnOrder) {
  expect_fine(run_with("Lock", R"(
locks = [threading.Lock() for _ in range(5)]
def work(state, size, worker, workers):
    for turn in range(600):
        i = (turn + worker) % 4
        with locks[i]:
            with locks[i + 1]: pass
)",
                       4));
}

// ---- objects' own locks ----

constexpr const char* kOpposite = R"(
SHARING = "write"
SIZES = {"small": 1}
EXPECT = {"small": 8000}
def setup(size): return TYPE
def work(state, size, worker, workers):
    a, b = state if worker == 0 else (state[1], state[0])
    for _ in range(4000): OPERATION
    return 4000
def combine(parts): return sum(parts)
)";

TEST_P(SharedDeadlocks, OfObjectsAreNoneInOneOrder) {
  const std::string_view operations[][2] = {
      {"[1, 2], [3]", "a.extend(b); del a[2:]"},
      {"[1, 2], [3]", "a + b"},
      {"{1, 2}, {3}", "a |= b"},
      {"{1, 2}, {3}", "a & b"},
      {"{1: 2}, {3: 4}", "a.update(b)"},
  };
  for (const auto& [type, operation] : operations) {
    std::string text = kOpposite;
    text.replace(text.find("TYPE"), 4, type);
    text.replace(text.find("OPERATION"), 9, operation);
    expect_answer(text, "8000", 2);
    // In the order of the operands one of them meets the other; or neither has locks.
    request_.options.naive_lock_order = true;
    const RunResult result = run(text, 2);
    request_.options.naive_lock_order = false;
    EXPECT_EQ(result.leaked_objects, 0);
    if (result.status == RunStatus::kOk) continue;
    EXPECT_EQ(result.status, RunStatus::kError) << operation << ": " << result.message;
    EXPECT_NE(result.message.find("\nRuntimeError: deadlock: worker "), std::string::npos)
        << operation << ": " << result.message;
  }
}

// Where objects have locks, two workers that take them in opposite orders for long enough must
// meet; the loop ends only by the error, or by the clock, which is a failure.
TEST_P(SharedDeadlocks, OfObjectsAreToldInTheOrderOfTheOperands) {
  if (!GetParam()->locks_objects) GTEST_SKIP() << "no locks to take in an order";
  request_.options.naive_lock_order = true;
  const RunResult result = run(R"(
SHARING = "write"
SIZES = {"small": 1}
EXPECT_ERROR = "RuntimeError: deadlock: worker "
def setup(size): return [1], [2]
def work(state, size, worker, workers):
    a, b = state if worker == 0 else (state[1], state[0])
    while True:
        a.extend(b)
        del a[1:]
)",
                               2);
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
  for (const char* part : {"worker 0 holds the list at ", "worker 1 holds the list at ",
                           " and waits for the list at "}) {
    EXPECT_NE(result.answer.find(part), std::string::npos) << result.answer;
  }
}

// ---- workloads that name their error ----

class ExpectedErrors : public EngineTest {};
GILBENCH_FOR_STRATEGIES(ExpectedErrors, all_strategies());

constexpr const char* kExpectsError = R"(
SHARING = "none"
SIZES = {"small": 1}
EXPECT_ERROR = "ValueError: too "
)";

TEST_P(ExpectedErrors, AreRightWhenTheyCome) {
  const RunResult result = run(std::string(kExpectsError) + R"(
def work(state, size, worker, workers):
    if worker == 1: raise ValueError("too much")
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(result.answer, "ValueError: too much");
  EXPECT_EQ(result.expected, "ValueError: too ");
  EXPECT_GT(result.seconds, 0);
  EXPECT_EQ(result.message, "");
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(ExpectedErrors, AreMissedWhenNoneComes) {
  const RunResult result =
      run(std::string(kExpectsError) + "def work(state, size, worker, workers): return 1\n");
  EXPECT_EQ(result.status, RunStatus::kWrongAnswer);
  EXPECT_EQ(result.message, "expected the error 'ValueError: too ', got [1, 1]");
}

TEST_P(ExpectedErrors, AreNoOtherErrors) {
  const RunResult result =
      run(std::string(kExpectsError) + "def work(state, size, worker, workers): [][1]\n");
  EXPECT_EQ(result.status, RunStatus::kError);
  EXPECT_TRUE(without_end(result.message).ends_with("IndexError: list index out of range"));
}

}  // namespace
}  // namespace gilbench
