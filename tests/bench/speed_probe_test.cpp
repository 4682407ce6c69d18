#include "bench/speed_probe.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <vector>

namespace gilbench {
namespace {

using std::chrono::duration;

// Says what it is told to, in order, and then the last of it for ever.
struct ScriptedProbe {
  std::vector<double> answers;
  std::size_t asked = 0;

  double operator()() {
    const std::size_t i = asked++;
    return answers[i < answers.size() ? i : answers.size() - 1];
  }
};

// Runs that take their number's time.
struct NumberedRuns {
  RunStatus status = RunStatus::kOk;
  int runs = 0;

  MeasuredRun operator()() {
    MeasuredRun run;
    run.result.status = status;
    run.sample.seconds = ++runs;
    return run;
  }
};

TEST(SpeedProbe, IsOneAtTheFastestAndNeverLess) {
  SpeedProbe probe;
  for (int i = 0; i < 5; ++i) EXPECT_GE(probe.slowdown(), 1);
}

TEST(RunPatiently, WithoutPatienceRunsOnceAndKeepsTheWorseOfBothEnds) {
  for (const auto& ends : {std::vector<double>{1.0, 1.9}, {1.9, 1.0}}) {
    ScriptedProbe probe{ends};
    NumberedRuns runs;
    const MeasuredRun run = run_patiently(duration<double>(0), probe, runs);
    EXPECT_EQ(runs.runs, 1);
    EXPECT_EQ(probe.asked, 2u);
    EXPECT_DOUBLE_EQ(run.sample.slowdown, 1.9);
  }
}

TEST(RunPatiently, WaitsForCalmBeforeItRuns) {
  ScriptedProbe probe{{1.8, 1.7, 1.1, 1.05}};
  NumberedRuns runs;
  const MeasuredRun run = run_patiently(duration<double>(60), probe, runs);
  EXPECT_EQ(runs.runs, 1);
  EXPECT_DOUBLE_EQ(run.sample.slowdown, 1.1);
}

TEST(RunPatiently, StartsOverWhereCalmDidNotLast) {
  ScriptedProbe probe{{1.0, 1.5, 1.0, 1.1}};
  NumberedRuns runs;
  const MeasuredRun run = run_patiently(duration<double>(60), probe, runs);
  EXPECT_EQ(runs.runs, 2);
  EXPECT_DOUBLE_EQ(run.sample.seconds, 2);
  EXPECT_DOUBLE_EQ(run.sample.slowdown, 1.1);
}

TEST(RunPatiently, AfterItsPatienceTheCalmestRunCounts) {
  // The first waits in vain and ends at 1.3; the others, if there is time for any, are worse.
  ScriptedProbe probe{{1.0, 1.3, 1.0, 1.6, 1.0, 1.7}};
  NumberedRuns runs;
  const MeasuredRun run = run_patiently(duration<double>(0.2), probe, runs);
  EXPECT_DOUBLE_EQ(run.sample.seconds, 1);
  EXPECT_DOUBLE_EQ(run.sample.slowdown, 1.3);
}

TEST(RunPatiently, AFailedRunIsNotRunAgain) {
  ScriptedProbe probe{{1.0, 2.0}};
  NumberedRuns runs{RunStatus::kWrongAnswer};
  const MeasuredRun run = run_patiently(duration<double>(60), probe, runs);
  EXPECT_EQ(runs.runs, 1);
  EXPECT_EQ(run.result.status, RunStatus::kWrongAnswer);
}

}  // namespace
}  // namespace gilbench
