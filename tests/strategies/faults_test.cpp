// Runs that the clock, the user or the kernel ends: every strategy ends them, says so, and leaves
// no object and no process behind.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// The processes whose parent is this one.
std::vector<pid_t> children() {
  std::vector<pid_t> found;
  for (const auto& entry : fs::directory_iterator("/proc")) {
    const std::string name = entry.path().filename().string();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    std::ifstream file(entry.path() / "stat");
    std::string stat((std::istreambuf_iterator<char>(file)), {});
    const std::size_t end = stat.rfind(')');  // a process's name may hold anything
    if (end == std::string::npos) continue;
    std::istringstream fields(stat.substr(end + 1));
    char state = 0;
    pid_t parent = 0;
    fields >> state >> parent;
    if (parent == getpid() && state != 'Z') found.push_back(std::stoi(name));
  }
  return found;
}

std::size_t open_descriptors() {
  const fs::directory_iterator all("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

class Faults : public EngineTest {
 protected:
  // Runs what fails with an error whose text only the clock ends: late enough for the run to have
  // come to it, on a busy machine too.
  void expect_unprintable(const std::string& text) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    request_.timeout = milliseconds(2000);
#else
    request_.timeout = milliseconds(500);
#endif
    const RunResult result = run(kHead + text);
    EXPECT_EQ(result.status, RunStatus::kError);
    EXPECT_TRUE(result.message.ends_with("Endless: <exception str() failed>")) << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
  }
  // Runs what the clock must end, within request_.timeout.
  void expect_native_timeout(const std::string& expression) {
    const RunResult result = run(R"(import math
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 1}
def unpack(items):
    first, *rest = items
def nested():
    items = ()
    for i in range(100):
        items = (items, items)
    return items
def combine(parts): return 1
def work(state, size, worker, workers): return )" +
                                 expression + "\n");
    EXPECT_EQ(result.status, RunStatus::kTimeout)
        << expression << ": " << result.message << result.answer;
    EXPECT_EQ(result.leaked_objects, 0) << expression;
  }
};
GILBENCH_FOR_STRATEGIES(Faults, all_strategies());

TEST_P(Faults, EndAnEndlessLoop) {
  expect_timeout(R"(
def work(state, size, worker, workers):
    while True: pass
)");
}

TEST_P(Faults, EndAnEndlessLoopInOneWorker) {
  expect_timeout(R"(
def work(state, size, worker, workers):
    while worker == 1: pass
)",
                 3);
}

TEST_P(Faults, EndAnEndlessLoopThatCatchesErrors) {
  expect_timeout(R"(
def work(state, size, worker, workers):
    while True:
        try:
            while True: pass
        except Exception: pass
)");
}

TEST_P(Faults, EndAnEndlessLoopInTheModule) {
  expect_timeout(R"(
while True: pass
def work(state, size, worker, workers): pass
)");
}

TEST_P(Faults, EndAnEndlessLoopInSetup) {
  expect_timeout(R"(
def setup(size):
    while True: pass
def work(state, size, worker, workers): pass
)");
}

TEST_P(Faults, EndAnEndlessLoopInCombine) {
  expect_timeout(R"(
def work(state, size, worker, workers): pass
def combine(parts):
    while True: pass
)");
}

// Loops that no bytecode takes part in. Each in a run of its own: under one lock, or on one thread,
// the others would be ended before they have begun.
TEST_P(Faults, EndEndlessLoopsInNativeCode) {
  request_.timeout = milliseconds(60);
  for (const std::string loop : {
           "sum(range(10**15))",
           "all(range(1, 10**15))",
           "max(range(10**15))",
           "sorted(iter(int, 1))",
           "'x' in iter(int, 1)",
           "range(10**15).count(0.5)",
           "[*iter(int, 1)]",
           "set().update(iter(int, 1))",
           "dict(zip(iter(int, 1), iter(int, 1)))",
           "dict.fromkeys(iter(int, 1))",
           "bytes(iter(int, 1))",
           "''.join(iter(str, None))",
           "math.fsum(iter(float, 1))",
           "print(*iter(int, 1))",
           "next(filter(None, iter(int, 1)))",
           "unpack(iter(int, 1))",
       }) {
    expect_native_timeout(loop);
  }
}

// One operation on integers that would take hours, and the result fit the memory.
TEST_P(Faults, EndLongArithmetic) {
  request_.timeout = milliseconds(60);
  for (const std::string operation : {
           "3 ** 10**8",
           "pow(3, (1 << 100000) - 1, (1 << 100000) + 1)",
           "(1 << 10**8) // ((1 << 5 * 10**7) + 1)",
           "math.isqrt((1 << 10**8) + 1)",
           "math.factorial(10**9)",
           "math.comb(10**15, 10**14)",
       }) {
    expect_native_timeout(operation);
  }
}

// Containers that hold the same one twice, again and again: 2**100 items to come by.
TEST_P(Faults, EndOperationsOnNestedContainers) {
  request_.timeout = milliseconds(60);
  for (const std::string operation :
       {"hash(nested())", "nested() == nested()", "nested() in [nested()]", "repr(nested())"}) {
    expect_native_timeout(operation);
  }
}

// Where threads run together, one in a native loop must stop for a collection as any other.
TEST_P(Faults, LoopsInNativeCodeDoNotHoldUpACollection) {
  if (!GetParam()->locks_objects) GTEST_SKIP() << "nobody waits for others to stop";
  const RunResult result = run(R"(import gc
SHARING = "write"
SIZES = {"small": 1}
EXPECT = {"small": [False, None]}
box = []
def work(state, size, worker, workers):
    if worker == 0:
        return any(iter(box.__len__, 1))  # until there is something in the box
    gc.collect()
    box.append(0)
def combine(parts): return parts
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message << result.answer;
}

// Under the one lock a native operation is one step, however many checkpoints are asked for.
TEST_P(Faults, LoopsInNativeCodeKeepTheGlobalLock) {
  const StrategyInfo& info = *GetParam();
  if (!info.workers_share_objects || info.locks_objects || info.workers_take_turns) {
    GTEST_SKIP() << "it has no global lock";
  }
  const RunResult result = run(R"(
SHARING = "write"
SIZES = {"small": 2_000_000}
EXPECT = {"small": True}
box = []
def work(state, size, worker, workers):
    if worker == 0:
        box.extend(range(size))
        return True
    seen = set()
    while len(box) < size:
        seen.add(len(box))
    return seen <= {0, size}
def combine(parts): return all(parts)
)");
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message << result.answer;
}

TEST_P(Faults, EndALongSleep) {
  expect_timeout("def work(state, size, worker, workers): time.sleep(1000)\n");
}

TEST_P(Faults, EndALongSleepInSetup) {
  expect_timeout(R"(
def setup(size): time.sleep(1000)
def work(state, size, worker, workers): pass
)");
}

TEST_P(Faults, EndAReadThatNothingComesFor) {
  expect_timeout(R"(
def setup(size): return os.pipe()
def work(state, size, worker, workers): return os.read(state[0], 1)
)");
}

// One without a limit would be told as a deadlock: deadlock_test.cpp.
TEST_P(Faults, EndALongWaitForALock) {
  expect_timeout(R"(
lock = threading.Lock()
def work(state, size, worker, workers):
    lock.acquire(timeout=1000)
    lock.acquire(timeout=1000)
)");
}

// An error's text is made by the program: here one that never comes to an end.
constexpr const char* kEndless = R"(
class Endless(Exception):
    def __str__(self):
        while True: pass
)";

TEST_P(Faults, EndAnErrorsTextInSetup) {
  expect_unprintable(std::string(kEndless) + R"(
def setup(size): raise Endless()
def work(state, size, worker, workers): pass
)");
}

TEST_P(Faults, EndAnErrorsTextInCombine) {
  expect_unprintable(std::string(kEndless) + R"(
def work(state, size, worker, workers): pass
def combine(parts): raise Endless()
)");
}

TEST_P(Faults, EndAnErrorsTextInAScript) {
  std::thread user([] {
    std::this_thread::sleep_for(milliseconds(100));
    request_interrupt();
  });
  const ScriptResult result = GetParam()->make_engine()->run_script(
      compiled(std::string(kEndless) + "raise Endless()\n"), {});
  user.join();
  EXPECT_TRUE(result.error.ends_with("Endless: <exception str() failed>")) << result.error;
  EXPECT_EQ(result.leaked_objects, 0);
}

// The failure of one worker comes while the other, past its last checkpoint, computes the argument
// of a call that will block: the signal finds nothing to end, and has to come again.
TEST_P(Faults, EndACallThatBlocksAfterAnotherWorkersFailure) {
  request_.timeout = milliseconds(20'000);
  const RunResult result = run(std::string(kHead) + R"(
class One:
    def __index__(self):
        return ((b"x" * 100_000_000)[0] + (b"x" * 100_000_000)[0]) // 240
def setup(size): return os.pipe()
def work(state, size, worker, workers):
    if worker == 1: return os.read(state[0], One())
    time.sleep(0.005)
    raise ValueError("told to")
)");
  EXPECT_EQ(result.status, RunStatus::kError) << result.message;
  EXPECT_TRUE(result.message.ends_with("ValueError: told to")) << result.message;
  EXPECT_LT(result.worker_seconds.at(1), 15) << "only the clock has ended it";
  EXPECT_EQ(result.leaked_objects, 0);
}

// finally and with do not run in a run that is ended, so the program cannot close them itself.
TEST_P(Faults, CloseWhatTheProgramHasOpened) {
  const std::size_t before = open_descriptors();
  expect_timeout(R"(
def setup(size): return os.pipe()
def work(state, size, worker, workers):
    reader, writer = os.pipe()
    file = os.open("/dev/null", os.O_RDONLY)
    os.close(state[worker])
    try: os.read(reader, 1)
    finally:
        for descriptor in (reader, writer, file): os.close(descriptor)
)");
  EXPECT_EQ(open_descriptors(), before);
}

TEST_P(Faults, CanRunAgainAfterATimeout) {
  const auto engine = GetParam()->make_engine();
  request_.workers = 2;
  request_.timeout = milliseconds(100);
  request_.program = compiled(std::string(kHead) + R"(
def work(state, size, worker, workers):
    while True: pass
)");
  EXPECT_EQ(engine->run(request_).status, RunStatus::kTimeout);
  request_.timeout = milliseconds(60'000);
  request_.program =
      compiled(std::string(kHead) + "def work(state, size, worker, workers): return 1\n");
  const RunResult result = engine->run(request_);
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
}

TEST_P(Faults, EndWhenTheUserInterrupts) {
  for (const std::string body : {"while True: pass", "time.sleep(1000)"}) {
    std::thread user([] {
      std::this_thread::sleep_for(milliseconds(100));
      request_interrupt();
    });
    const RunResult result =
        run(std::string(kHead) + "def work(state, size, worker, workers):\n    " + body + "\n");
    user.join();
    EXPECT_EQ(result.status, RunStatus::kInterrupted) << body << ": " << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
    clear_interrupt();
  }
}

TEST_P(Faults, EndAScriptWhenTheUserInterrupts) {
  std::thread user([] {
    std::this_thread::sleep_for(milliseconds(100));
    request_interrupt();
  });
  const ScriptResult result =
      GetParam()->make_engine()->run_script(compiled("print(1)\nwhile True: pass\n"), {});
  user.join();
  EXPECT_EQ(result.output, "1\n");
  EXPECT_FALSE(result.error.empty());
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(Faults, NotEvenStartOnceTheUserHasInterrupted) {
  request_interrupt();
  const RunResult result = run(std::string(kHead) + R"(
def work(state, size, worker, workers):
    while True: pass
)");
  EXPECT_EQ(result.status, RunStatus::kInterrupted) << result.message;
}

TEST_P(Faults, NameTheSignalThatKilledAWorkerProcess) {
  if (!forks()) GTEST_SKIP() << "its workers are threads";
  for (const std::size_t workers : {1u, 3u}) {
    request_.program = compiled(std::string(kHead) + R"(
def work(state, size, worker, workers):
    while True: pass
)");
    request_.workers = static_cast<int>(workers);
    std::atomic<bool> done{false};
    std::thread killer([&done, workers] {
      while (!done) {
        const std::vector<pid_t> found = children();
        if (found.size() == workers) {
          kill(found.back(), SIGKILL);
          return;
        }
        std::this_thread::sleep_for(milliseconds(1));
      }
    });
    const RunResult result = GetParam()->make_engine()->run(request_);
    done = true;
    killer.join();
    EXPECT_EQ(result.status, RunStatus::kKilled) << result.message;
    EXPECT_NE(result.message.find("SIGKILL"), std::string::npos) << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
  }
}

}  // namespace
}  // namespace gilbench
