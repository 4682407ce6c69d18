// Under every strategy that shares: threads create, share, drop and die at random; afterwards every
// answer is right and the heap is where it was before.
//
// It goes on for GILBENCH_STRESS_SECONDS under each strategy, 2 if that is not set: enough for
// every run of the tests. Before a change to how objects are counted or guarded is believed:
//
//     GILBENCH_STRESS_SECONDS=30 build/release/stress_test
//
// Each round has a seed, the next number from GILBENCH_STRESS_SEED or 1 on, which a failure names.
// It decides all that the round is made of, so that
//
//     GILBENCH_STRESS_SEED=17 GILBENCH_STRESS_SECONDS=0 build/release/stress_test
//
// has the same workers do the same once more; how they meet no seed decides.
#include <gtest/gtest.h>

#include <chrono>
#include <cstdlib>
#include <string>

#include "tests/strategies/engine_fixture.h"
#include "tests/strategies/stress_program.h"

namespace gilbench {
namespace {

using Clock = std::chrono::steady_clock;

double number_from_environment(const char* name, double otherwise) {
  const char* const text = std::getenv(name);
  return text == nullptr ? otherwise : std::atof(text);
}

class Stress : public EngineTest {};
GILBENCH_FOR_STRATEGIES(Stress, sharing_strategies());

TEST_P(Stress, LeavesAnswersRightAndTheHeapAsItWas) {
  const std::chrono::duration<double> seconds(
      number_from_environment("GILBENCH_STRESS_SECONDS", 2));
  const auto first = static_cast<int>(number_from_environment("GILBENCH_STRESS_SEED", 1));
  const auto end = Clock::now() + seconds;
  request_.program = compiled(kStressProgram);
  int seed = first;
  do {
    // Few workers and many; switches as usual, and as often as they can be.
    request_.workers = 2 + seed % 5;
    request_.environment = {"GILBENCH_STRESS_SEED=" + std::to_string(seed)};
    request_.options.switch_interval = std::chrono::microseconds(seed % 2 == 0 ? 5000 : 50);
    const RunResult result = GetParam()->make_engine()->run(request_);
    const std::string where =
        "GILBENCH_STRESS_SEED=" + std::to_string(seed) + " fails: " + result.message;
    ASSERT_EQ(result.status, RunStatus::kOk) << where;
    ASSERT_EQ(result.leaked_objects, 0) << where;
    ++seed;
  } while (Clock::now() < end);
  RecordProperty("rounds", seed - first);
}

}  // namespace
}  // namespace gilbench
