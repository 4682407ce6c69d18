#include "bench/speed_probe.h"

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <utility>
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

struct Outcome {
  MeasuredRun run;
  int runs;
  std::size_t asked;
};

Outcome run_with(double patience_seconds, std::vector<double> slowdowns,
                 RunStatus status = RunStatus::kOk) {
  ScriptedProbe probe{std::move(slowdowns)};
  NumberedRuns runs{status};
  MeasuredRun run = run_patiently(duration<double>(patience_seconds), probe, runs);
  return {std::move(run), runs.runs, probe.asked};
}

TEST(RunPatiently, WithoutPatienceRunsOnceAndKeepsTheWorseOfBothEnds) {
  for (const auto& ends : {std::vector<double>{1.0, 1.9}, {1.9, 1.0}}) {
    const Outcome outcome = run_with(0, ends);
    EXPECT_EQ(outcome.runs, 1);
    EXPECT_EQ(outcome.asked, 2u);
    EXPECT_DOUBLE_EQ(outcome.run.sample.slowdown, 1.9);
  }
}

TEST(RunPatiently, WaitsForCalmBeforeItRuns) {
  const Outcome outcome = run_with(60, {1.8, 1.7, 1.1, 1.05});
  EXPECT_EQ(outcome.runs, 1);
  EXPECT_DOUBLE_EQ(outcome.run.sample.slowdown, 1.1);
}

TEST(RunPatiently, StartsOverWhereCalmDidNotLast) {
  const Outcome outcome = run_with(60, {1.0, 1.5, 1.0, 1.1});
  EXPECT_EQ(outcome.runs, 2);
  EXPECT_DOUBLE_EQ(outcome.run.sample.seconds, 2);
  EXPECT_DOUBLE_EQ(outcome.run.sample.slowdown, 1.1);
}

TEST(RunPatiently, AfterItsPatienceTheCalmestRunCounts) {
  // The first ends at 1.3; the others, if there is time for any, are worse.
  const Outcome outcome = run_with(0.2, {1.0, 1.3, 1.0, 1.6, 1.0, 1.7});
  EXPECT_DOUBLE_EQ(outcome.run.sample.seconds, 1);
  EXPECT_DOUBLE_EQ(outcome.run.sample.slowdown, 1.3);
}

TEST(RunPatiently, AFailedRunIsNotRunAgain) {
  const Outcome outcome = run_with(60, {1.0, 2.0}, RunStatus::kWrongAnswer);
  EXPECT_EQ(outcome.runs, 1);
  EXPECT_EQ(outcome.run.result.status, RunStatus::kWrongAnswer);
}

}  // namespace
}  // namespace gilbench
