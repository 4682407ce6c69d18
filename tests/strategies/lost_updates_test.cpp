// `x += 1` on a shared object: several bytecodes, so updates get lost wherever threads may switch
// between any two of them, and the workload that counts the lost ones must be able to show it. Its
// small size is over before the workers come together: here it runs at larger ones.
#include <gtest/gtest.h>
#include <sched.h>

#include <fstream>
#include <iterator>
#include <string>

#include "tests/strategies/engine_fixture.h"

namespace gilbench {
namespace {

// That this process may use.
int cores() {
  cpu_set_t set;
  CPU_ZERO(&set);
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

class LostUpdates : public EngineTest {
 protected:
  // A workload of workloads/shared/ at that size; its answer says whether it added so many times.
  RunResult count(const std::string& workload, int size, int workers) {
    std::ifstream file(GILBENCH_SOURCE_DIR "/workloads/shared/" + workload + ".py");
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    request_.size = "tried";
    const RunResult result =
        run(text + "\nSIZES['tried'] = EXPECT['tried'] = " + std::to_string(size) + "\n", workers);
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message;
    EXPECT_EQ(result.leaked_objects, 0);
    return result;
  }
  // A thread gives way only at a checkpoint, and `x += 1` holds none: as in CPython since 3.10.
  static bool switches_only_at_checkpoints() {
    return GetParam()->has_switch_interval || GetParam()->workers_take_turns;
  }
};
GILBENCH_FOR_STRATEGIES(LostUpdates, sharing_strategies());

// More and more work until an update is lost: sooner or later two threads come together.
TEST_P(LostUpdates, AreSeenWithoutALock) {
  if (switches_only_at_checkpoints()) GTEST_SKIP() << "none can get lost";
  if (cores() < 2) GTEST_SKIP() << "threads on one core hardly ever meet";
  for (int size = 100'000; size < 50'000'000; size *= 4) {
    const RunResult result = count("unlocked_counter", size, 2);
    if (HasFailure() || result.metrics.at("lost_updates_share") > 0) return;
  }
  FAIL() << "no update was ever lost";
}

TEST_P(LostUpdates, AreNoneWhereThreadsSwitchOnlyAtCheckpoints) {
  if (!switches_only_at_checkpoints()) GTEST_SKIP() << "some do get lost";
  request_.options.switch_interval = std::chrono::microseconds(100);
  EXPECT_EQ(count("unlocked_counter", 400'000, 4).metrics.at("lost_updates_share"), 0);
}

TEST_P(LostUpdates, AreNoneUnderTheCountersLock) { count("locked_counter", 100'000, 4); }

}  // namespace
}  // namespace gilbench
