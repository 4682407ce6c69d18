// Under every strategy that shares: threads create, share, drop and die at random; afterwards every
// answer is right and the heap is where it was before.
//
// It goes on for GILBENCH_STRESS_SECONDS under each strategy, 2 if that is not set: enough for
// every run of the tests. Before a change to how objects are counted or guarded is believed:
//
//     GILBENCH_STRESS_SECONDS=30 build/release/stress_test
//
// Each round has a seed of its own, which a failure names; run_program shows nothing more of it,
// for how the threads meet no seed decides.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "tests/strategies/engine_fixture.h"
#include "tests/strategies/stress_program.h"

namespace gilbench {
namespace {

using Clock = std::chrono::steady_clock;

double stress_seconds() {
  const char* text = std::getenv("GILBENCH_STRESS_SECONDS");
  return text == nullptr ? 2 : std::atof(text);
}

class Stress : public EngineTest {};
GILBENCH_FOR_STRATEGIES(Stress, sharing_strategies());

TEST_P(Stress, LeavesAnswersRightAndTheHeapAsItWas) {
  const auto end = Clock::now() + std::chrono::duration<double>(stress_seconds());
  request_.program = compiled(kStressProgram);
  int round = 0;
  do {
    ++round;
    // Few workers and many; switches as usual, and as often as they can be.
    request_.workers = 2 + round % 5;
    request_.environment = {"GILBENCH_STRESS_SEED=" + std::to_string(round)};
    request_.options.switch_interval = std::chrono::microseconds(round % 2 == 0 ? 5000 : 50);
    const RunResult result = GetParam()->make_engine()->run(request_);
    const std::string where =
        "round " + std::to_string(round) + ", " + std::to_string(request_.workers) + " workers";
    ASSERT_EQ(result.status, RunStatus::kOk) << where << ": " << result.message;
    ASSERT_EQ(result.leaked_objects, 0) << where;
  } while (Clock::now() < end);
  RecordProperty("rounds", round);
}

}  // namespace
}  // namespace gilbench
