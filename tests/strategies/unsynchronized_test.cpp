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
    double sum = 0;
    for (const auto& [name, value] : result.metrics) sum += value;
    return sum;
  }
};
INSTANTIATE_TEST_SUITE_P(Strategy, Unsynchronized,
                         testing::Values(find_strategy("unsynchronized")));

constexpr const char* kShareAnObject = R"(
SHARING = "write"
SIZES = {"small": SIZE}
class Node:
    def __init__(self, next): self.next = next
def setup(size): return [Node(None)]
def work(state, size, worker, workers):
    node = state[0]
    for turn in range(size):
        other = node
        state[0] = Node(node)
        state[0] = node
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
  EXPECT_EQ(result.metrics.size(), 3u);
  EXPECT_EQ(sum_of_metrics(result), 0);
  EXPECT_EQ(result.leaked_objects, 0);
}

// More and more work until an update is lost: sooner or later two threads come together.
TEST_P(Unsynchronized, LosesUpdatesWithSeveralWorkersAndAnswersRightAllTheSame) {
  for (int size = 10'000; size < 50'000'000; size *= 4) {
    const RunResult result = run(program(size, 2), 2);
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
