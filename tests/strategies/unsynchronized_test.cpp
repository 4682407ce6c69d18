// What `unsynchronized` reports of a run: nothing where one worker runs, lost updates where several
// count the same object; and the right answer in any case.
#include <gtest/gtest.h>

#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

class Unsynchronized : public EngineTest {
 protected:
  void SetUp() override {
    if (GetParam() == nullptr) GTEST_SKIP() << "not in this build";
  }
  static double sum_of_metrics(const RunResult& result) {
    return result.metrics.at("lost_count_updates") + result.metrics.at("leaked_by_lost_updates") +
           result.metrics.at("freed_while_in_use");
  }
};
INSTANTIATE_TEST_SUITE_P(Strategy, Unsynchronized,
                         testing::Values(find_strategy("unsynchronized")));

constexpr const char* kShareAnObject = R"(
SHARING = "write"
SIZES = {"small": SIZE}
def setup(size): return [object()]
def work(state, size, worker, workers):
    # Nothing but counting, and no lock at which one would wait for the other.
    for turn in range(size):
        one = state
        other = one
    return size
EXPECT = {"small": WORKERS * SIZE}
def combine(parts): return sum(parts)
)";

std::string program(int size, int workers) {
  return "SIZE = " + std::to_string(size) + "\nWORKERS = " + std::to_string(workers) +
         kShareAnObject;
}

TEST_P(Unsynchronized, FindsNothingWithOneWorker) {
  const RunResult result = run(program(5000, 1), 1);
  EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
  EXPECT_EQ(sum_of_metrics(result), 0);
  EXPECT_EQ(result.leaked_objects, 0);
}

// More and more work until an update is lost: sooner or later two threads come together.
TEST_P(Unsynchronized, LosesUpdatesWithSeveralWorkersAndAnswersRightAllTheSame) {
  for (int size = 10'000; size < 50'000'000; size *= 4) {
    const RunResult result = run(program(size, 4), 4);
    ASSERT_EQ(result.status, RunStatus::kOk) << result.message;
    ASSERT_EQ(result.leaked_objects, 0);
    if (result.metrics.at("lost_count_updates") > 0) return;
    EXPECT_EQ(sum_of_metrics(result), 0) << "found something, and no lost update";
  }
  FAIL() << "no update was ever lost";
}

TEST_P(Unsynchronized, TellsOfEachRunAlone) {
  run(program(20'000, 4), 4);
  const RunResult result = run(program(100, 1), 1);
  EXPECT_EQ(sum_of_metrics(result), 0);
}

}  // namespace
}  // namespace gilbench
