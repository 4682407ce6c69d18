// The engine of every strategy from outside: what a run is and reports, and how errors of the
// program come out.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

class EngineRuns : public EngineTest {};
GILBENCH_FOR_STRATEGIES(EngineRuns, all_strategies());

TEST_P(EngineRuns, DescribeThemselves) {
  const StrategyInfo& info = *GetParam();
  EXPECT_EQ(find_strategy(info.name), &info);
  EXPECT_FALSE(info.summary.empty());
  EXPECT_EQ(info.summary.find('\n'), info.summary.npos);
  EXPECT_EQ(find_strategy(std::string(info.name) + "x"), nullptr);
}

TEST_P(EngineRuns, HandEachWorkerItsNumberAndCombineThePartsInOrder) {
  expect_answer(R"(
SHARING = "none"
SIZES = {"small": 10}
EXPECT = {"small": [("made of 10", 10, 0, 4), ("made of 10", 10, 1, 4), ("made of 10", 10, 2, 4),
                    ("made of 10", 10, 3, 4)]}
def setup(size): return f"made of {size}"
def work(state, size, worker, workers): return state, size, worker, workers
def combine(parts): return parts
)",
                R"([('made of 10', 10, 0, 4), ('made of 10', 10, 1, 4), )"
                R"(('made of 10', 10, 2, 4), ('made of 10', 10, 3, 4)])");
}

TEST_P(EngineRuns, WithoutSetupHandNone) {
  expect_answer(R"(
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": [None, None]}
def work(state, size, worker, workers): return state
def combine(parts): return parts
)",
                "[None, None]", 2);
}

TEST_P(EngineRuns, BringBackResultsOfEveryPlainType) {
  expect_answer(R"(
SHARING = "none"
SIZES = {"small": 1}
def value(worker):
    return [None, True, -7 - worker, 2 ** 100, -(3 ** 90), 0.1, float("inf"), "h\u00e9\u20ac\n",
            b"\x00\xff", (), (1, (2,)), [], [[]], {}, {"a": {1: 2.5}, (1, "b"): None},
            {5}, frozenset([6]), 1 << 63, -(1 << 63)]
EXPECT = {"small": [value(0), value(1)]}
def work(state, size, worker, workers): return value(worker)
def combine(parts): return parts
)",
                [] {
                  std::string answer = "[";
                  for (const char* worker : {"-7", "-8"}) {
                    if (answer.size() > 1) answer += ", ";
                    answer += std::string("[None, True, ") + worker +
                              ", 1267650600228229401496703205376, "
                              "-8727963568087712425891397479476727340041449, 0.1, inf, "
                              "'h\u00e9\u20ac\\n', b'\\x00\\xff', (), (1, (2,)), [], [[]], {}, "
                              "{'a': {1: 2.5}, (1, 'b'): None}, {5}, frozenset({6}), "
                              "9223372036854775808, -9223372036854775808]";
                  }
                  return answer + "]";
                }(),
                2);
}

TEST_P(EngineRuns, ShowTheEnvironmentOfTheRequest) {
  request_.environment = {"GILBENCH_TEST_NAME=a=b"};
  expect_answer(R"(
import os
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": ["a=b", "a=b"]}
def work(state, size, worker, workers): return os.environ["GILBENCH_TEST_NAME"]
def combine(parts): return parts
)",
                "['a=b', 'a=b']", 2);
}

TEST_P(EngineRuns, StartEveryRunAfresh) {
  request_.workers = 2;
  request_.program = compiled(std::string(kHead) + R"(
count = [0]
def setup(size):
    count[0] += 1
    return count[0]
def work(state, size, worker, workers): assert state == 1
)");
  const auto engine = GetParam()->make_engine();
  for (int i = 0; i < 3; ++i) {
    const RunResult result = engine->run(request_);
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
  }
}

TEST_P(EngineRuns, TimeEveryWorker) {
  const RunResult result = run(std::string(kHead) + R"(
def work(state, size, worker, workers): time.sleep(0.02 * (worker + 1))
)",
                               3);
  ASSERT_EQ(result.status, RunStatus::kOk) << result.message;
  ASSERT_EQ(result.worker_seconds.size(), 3u);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_GE(result.worker_seconds[i], 0.02 * static_cast<double>(i + 1));
    EXPECT_LE(result.worker_seconds[i], result.seconds);
  }
  EXPECT_GT(result.startup_seconds, 0);
}

// What the main thread does is no worker's, be it before or after the workers' time.
TEST_P(EngineRuns, CountTheWorkersCpuTimeAlone) {
  const std::string burn = R"(
def burn(seconds):
    end = time.perf_counter() + seconds
    while time.perf_counter() < end: pass
)";
  const RunResult idle = run(std::string(kHead) + burn + R"(
burn(0.1)
def setup(size): burn(0.2)
def combine(parts):
    burn(0.1)
    return 1
def work(state, size, worker, workers): time.sleep(0.05)
)",
                             3);
  ASSERT_EQ(idle.status, RunStatus::kOk) << idle.message;
  EXPECT_LT(idle.usage.cpu_seconds, 0.1);
  EXPECT_GE(idle.usage.voluntary_switches, GetParam()->workers_take_turns ? 1 : 3);
  ASSERT_EQ(idle.usage.running_seconds.size(), 3u);
  EXPECT_GT(idle.pss_bytes, 1 << 20);
  EXPECT_EQ(idle.usage.longest_wait_seconds.has_value(), !forks());
  const RunResult busy = run(std::string(kHead) + R"(
def work(state, size, worker, workers):
    for i in range(1000000): pass
)",
                             1);
  ASSERT_EQ(busy.status, RunStatus::kOk) << busy.message;
  EXPECT_GT(busy.usage.cpu_seconds, 0);
  EXPECT_LE(busy.usage.cpu_seconds, busy.seconds * 1.1 + 0.001);
  const double ran = busy.usage.running_seconds.at(0);
  EXPECT_GE(ran, 0.9 * busy.usage.cpu_seconds - 0.002);
  // A task's turn goes on while its thread waits for a core.
  EXPECT_LE(ran,
            (GetParam()->workers_take_turns ? busy.seconds : busy.usage.cpu_seconds * 1.1) + 0.002);
}

TEST_P(EngineRuns, TellHowEvenlyWorkersRanAndHowLongOneWaited) {
  const RunResult result = run(std::string(kHead) + R"(
def work(state, size, worker, workers):
    if worker == 1:
        time.sleep(0.001)
    end = time.perf_counter() + 0.2
    while time.perf_counter() < end: pass
)");
  ASSERT_EQ(result.status, RunStatus::kOk) << result.message;
  const std::vector<double>& ran = result.usage.running_seconds;
  ASSERT_EQ(ran.size(), 2u);
  if (GetParam()->workers_take_turns) {
    // The first computes to its end, while the other has slept and waits.
    EXPECT_GE(ran[0], 0.1);
    EXPECT_LT(ran[1], 0.1);
    EXPECT_GE(result.usage.longest_wait_seconds.value(), 0.15);
  } else {
    EXPECT_GT(ran[0], 0.01);
    EXPECT_GT(ran[1], 0.01);
  }
  if (GetParam()->name == "global_lock") {
    EXPECT_GE(result.usage.longest_wait_seconds.value(), 0.004) << "one switch interval";
  }
}

// What was there before the fork counts once, however many workers share it.
TEST_P(EngineRuns, CountWhatWorkersShareOnce) {
  if (!shares() && !forks()) GTEST_SKIP() << "each world has its copy";
#ifdef GILBENCH_PLAIN_MALLOC
  GTEST_SKIP() << "a sanitizer keeps what was freed, and writes to memory of its own after a fork";
#endif
  const std::string program = std::string(kHead) + R"(
def setup(size): return b"x" * (48 << 20)
def work(state, size, worker, workers): return len(state)
)";
  const RunResult alone = run(program, 1);
  const RunResult together = run(program, 4);
  ASSERT_EQ(together.status, RunStatus::kOk) << together.message;
  EXPECT_GE(alone.pss_bytes, 48 << 20);
  EXPECT_LT(together.pss_bytes, alone.pss_bytes + (40 << 20));
}

TEST_P(EngineRuns, CarryInstancesThereAndBack) {
  expect_answer(R"(
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": [("north", 3, True), ("north", 4, True)]}
class Place:
    def __init__(self, name): self.name = name
class Named(Place):
    def __init__(self, name, number):
        Place.__init__(self, name)
        self.number = number
        self.places = {name: (Place(name), [])}
    def next(self, step): return Named(self.name, self.number + step)
def setup(size): return [Named("north", 2)]
def work(state, size, worker, workers):
    assert state[0].places["north"][0].name == "north"
    return state[0].next(1 + worker)
def combine(parts):
    return [(part.name, part.number, type(part) is Named) for part in parts]
)",
                "[('north', 3, True), ('north', 4, True)]", 2);
}

TEST_P(EngineRuns, RefuseToCarryWhatIsNoData) {
  if (shares()) GTEST_SKIP() << "nothing is carried";
  const std::string receiver = forks() ? "process" : "interpreter";
  for (const auto& [type, value] :
       {std::pair{"lock", "threading.Lock()"}, std::pair{"function", "combine"},
        std::pair{"Local", "local()"}, std::pair{"ValueError", "ValueError(1)"}}) {
    const RunResult result = run(std::string(kHead) + R"(
def local():
    class Local: pass
    return Local()
def work(state, size, worker, workers): return )" +
                                 value + "\n");
    EXPECT_EQ(result.status, RunStatus::kError);
    EXPECT_EQ(without_end(result.message),
              std::string("TypeError: cannot send '") + type + "' object to another " + receiver);
    EXPECT_EQ(result.leaked_objects, 0);
  }
}

TEST_P(EngineRuns, RefuseToCarryWhatIsNestedTooDeeply) {
  if (shares()) GTEST_SKIP() << "nothing is carried";
  const RunResult result = run(std::string(kHead) + R"(
def work(state, size, worker, workers):
    deep = []
    for i in range(600): deep = [deep]
    return deep
)");
  EXPECT_EQ(result.status, RunStatus::kError);
  EXPECT_TRUE(result.message.starts_with("ValueError: data too deeply nested to send to another "))
      << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(EngineRuns, MeasureWhatCopyingAndProcessesCost) {
  const RunResult result = run(std::string(kHead) + R"(
def setup(size): return list(range(50000))
def work(state, size, worker, workers):
    for item in state: pass
    return list(range(1000, 6000))
)");
  ASSERT_EQ(result.status, RunStatus::kOk) << result.message;
  if (shares()) {
    EXPECT_EQ(result.transfer_seconds, 0);
  } else {
    EXPECT_GT(result.transfer_seconds, 0);
  }
  if (!forks()) {
    EXPECT_EQ(result.children_peak_rss_bytes, 0);
    EXPECT_EQ(result.bytes_written_after_fork, 0);
  } else {
    EXPECT_GT(result.children_peak_rss_bytes, 0);
    // Counting the items wrote to their pages, in each of the two workers.
    EXPECT_GT(result.bytes_written_after_fork, 2 * 50'000 * 24);
  }
}

// ---- errors of the program ----

TEST_P(EngineRuns, ReportAnErrorInOneWorker) {
  expect_error(
      R"(def fail(worker):
    if worker == 1: raise ValueError("told to by %d" % worker)
def work(state, size, worker, workers):
    fail(worker)
)",
      traceback_ + frame(11, "work", "fail(worker)") +
          frame(9, "fail", R"(if worker == 1: raise ValueError("told to by %d" % worker))") +
          "ValueError: told to by 1");
}

TEST_P(EngineRuns, ReportAnErrorWhileOtherWorkersCompute) {
  if (GetParam()->workers_take_turns) GTEST_SKIP() << "the others compute until the time is up";
  expect_error(R"(def work(state, size, worker, workers):
    while worker != 1: pass
    raise KeyError("gone")
)",
               traceback_ + frame(10, "work", "raise KeyError(\"gone\")") + "KeyError: 'gone'", 3);
}

TEST_P(EngineRuns, ReportAnErrorInTheModule) {
  expect_error(R"(1 / 0
def work(state, size, worker, workers): pass
)",
               traceback_ + frame(8, "<module>", "1 / 0") + "ZeroDivisionError: division by zero");
}

TEST_P(EngineRuns, ReportAnErrorInSetup) {
  expect_error(R"(def setup(size): return [][size]
def work(state, size, worker, workers): pass
)",
               traceback_ + frame(8, "setup", "def setup(size): return [][size]") +
                   "IndexError: list index out of range");
}

TEST_P(EngineRuns, ReportAnErrorInCombine) {
  expect_error(R"(def combine(parts): return sum(parts)
def work(state, size, worker, workers): return "text"
)",
               traceback_ + frame(8, "combine", "def combine(parts): return sum(parts)") +
                   "TypeError: unsupported operand type(s) for +: 'int' and 'str'");
}

TEST_P(EngineRuns, ReportAnErrorWhoseTextCannotBeMade) {
  expect_error(
      R"(def work(state, size, worker, workers): raise ValueError(10 ** 5000)
)",
      traceback_ +
          frame(8, "work", "def work(state, size, worker, workers): raise ValueError(10 ** 5000)") +
          "ValueError: <exception str() failed>");
}

// Native code raises outside any bytecode, where nothing has made an exception of it yet.
TEST_P(EngineRuns, ReportAnErrorOfNativeCodeThatIsCalledDirectly) {
  expect_error("work = '{2:,x}'.format\n", "ValueError: Cannot specify ',' with 'x'.");
  expect_error(R"(
def work(state, size, worker, workers): pass
def combine(parts): return 10 ** 5000
)",
               "ValueError: Exceeds the limit (4300 digits) for integer string conversion; use "
               "sys.set_int_max_str_digits() to increase the limit");
}

TEST_P(EngineRuns, EndEndlessRecursionAsCPythonDoes) {
  const RunResult result = run(std::string(kHead) + R"(
def deeper(n): return deeper(n + 1)
def work(state, size, worker, workers): return deeper(0)
)");
  EXPECT_EQ(result.status, RunStatus::kError);
  EXPECT_TRUE(
      without_end(result.message).ends_with("\nRecursionError: maximum recursion depth exceeded"))
      << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(EngineRuns, EndEndlessRecursionThroughNativeCode) {
  const RunResult result = run(std::string(kHead) + R"(
class Deep:
    def __repr__(self): return repr([self])
def work(state, size, worker, workers): return repr(Deep())
)");
  EXPECT_EQ(result.status, RunStatus::kError);
  EXPECT_NE(result.message.find("\nRecursionError: maximum recursion depth exceeded"),
            std::string::npos)
      << result.message;
  EXPECT_EQ(result.leaked_objects, 0);
}

// Each answers or raises RecursionError, and takes its objects apart; none ends the process.
TEST_P(EngineRuns, SurviveObjectsNestedVeryDeeply) {
#ifdef __SANITIZE_THREAD__
  GTEST_SKIP() << "one thread's stack; the race detector takes minutes and gigabytes to follow it";
#endif
  expect_answer(R"(
SHARING = "none"
SIZES = {"small": 100_000}
EXPECT = {"small": "survived"}
class Holder:
    def __init__(self, inner): self.inner = inner
    def method(self): pass
def through(items):
    for item in items: yield item
def work(state, size, worker, workers):
    def nest(wrap, innermost):
        for i in range(size): innermost = wrap(innermost)
        return innermost
    def in_tuples(): return nest(lambda inner: (inner,), 1)
    def in_sets(): return nest(lambda inner: frozenset([inner]), 1)
    def chain():
        last = None
        for i in range(size):
            try: raise ValueError(i) from last
            except ValueError as error: last = error
    for operation in [
        lambda: hash(in_tuples()),
        lambda: {in_tuples(): 1}[in_tuples()],
        lambda: in_tuples() in [in_tuples()],
        lambda: sorted([in_tuples(), in_tuples()]),
        lambda: in_sets() == in_sets(),
        lambda: {in_sets()} & {in_sets()},
        lambda: repr(nest(slice, 1)),
        lambda: repr(nest(lambda inner: {1: inner}.values(), 1)),
        lambda: repr(nest(lambda inner: Holder(inner).method, 1)),
        lambda: str(nest(Exception, 1)),
        lambda: f"{nest(KeyError, 1)}",
        lambda: isinstance(1, nest(lambda inner: (inner,), int)),
        lambda: nest(staticmethod, len)(""),
        lambda: list(nest(lambda inner: map(str, inner), "x")),
        lambda: list(nest(lambda inner: filter(None, inner), "x")),
        lambda: list(nest(enumerate, "x")),
        lambda: list(nest(zip, "x")),
        lambda: list(nest(through, "x")),
        lambda: nest(Holder, 1),
        chain,
    ]:
        try: operation()
        except RecursionError: pass
    return "survived"
def combine(parts): return parts[0]
)",
                "'survived'", 1);
}

TEST_P(EngineRuns, TellAWrongAnswer) {
  const RunResult result = run(R"(
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 3}
def work(state, size, worker, workers): return 1
def combine(parts): return sum(parts)
)");
  EXPECT_EQ(result.status, RunStatus::kWrongAnswer);
  EXPECT_EQ(result.answer, "2");
  EXPECT_EQ(result.expected, "3");
  EXPECT_FALSE(result.message.empty());
  EXPECT_EQ(result.leaked_objects, 0);
}

TEST_P(EngineRuns, RefuseAProgramWithoutWork) { EXPECT_THROW(run("x = 1\n"), std::logic_error); }

}  // namespace
}  // namespace gilbench
