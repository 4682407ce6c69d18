// What others did to runs, and which repetitions do not count for it.

#include "bench/exclusion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "bench/disturbance.h"
#include "bench/options.h"

namespace gilbench {
namespace {

TEST(CoreTimes, AreThoseOfTheCoresNamed) {
  const double tick = 1.0 / static_cast<double>(sysconf(_SC_CLK_TCK));
  const std::string stat =
      "cpu  999 999 999 999 999 999 999 999 0 0\n"
      "cpu0 10 1 20 500 60 3 4 7 0 0\n"
      "cpu1 100 0 0 500 0 0 0 9 0 0\n"
      "cpu10 1000 0 0 0 0 0 0 0 0 0\n"
      "intr 5 5 5\n";
  EXPECT_DOUBLE_EQ(CoreTimes::of(stat, {0}).busy, 38 * tick);
  EXPECT_DOUBLE_EQ(CoreTimes::of(stat, {0, 1}).busy, 138 * tick);
  EXPECT_DOUBLE_EQ(CoreTimes::of(stat, {1}).steal, 9 * tick);
  EXPECT_DOUBLE_EQ(CoreTimes::of(stat, {}).busy, 0);
  EXPECT_DOUBLE_EQ(CoreTimes::of("", {0}).busy, 0);
  EXPECT_DOUBLE_EQ(CoreTimes::of("cpu0 short\n", {0}).busy, 0);
}

void compute_for(std::chrono::milliseconds span) {
  const auto end = std::chrono::steady_clock::now() + span;
  while (std::chrono::steady_clock::now() < end) {
  }
}

TEST(DisturbanceWatch, SeesAProcessThatIsNotOurs) {
  const pid_t other = fork();
  ASSERT_GE(other, 0);
  if (other == 0) {
    compute_for(std::chrono::seconds(20));
    _exit(0);
  }
  DisturbanceWatch watch(usable_core_numbers());
  const auto watched = [&](bool is_ours) {
    watch.begin(is_ours ? processor_seconds(other) : 0);
    std::this_thread::sleep_for(std::chrono::milliseconds(400));
    return watch.end(is_ours ? processor_seconds(other) : 0).others_cores;
  };
  double as_other = 0;
  double as_ours = 1e9;
  for (int i = 0; i < 3; ++i) {
    as_other = std::max(as_other, watched(false));
    as_ours = std::min(as_ours, watched(true));
  }
  kill(other, SIGKILL);
  waitpid(other, nullptr, 0);
  EXPECT_GT(as_other, 0.1);  // it shares its core with whatever else there is
  EXPECT_LT(as_ours, as_other);
  EXPECT_EQ(processor_seconds(other), 0);
}

Row row_with(std::vector<double> others, std::vector<double> waiting) {
  Row row;
  for (std::size_t i = 0; i < others.size(); ++i) {
    Sample sample;
    sample.disturbance.others_cores = others[i];
    sample.disturbance.uncertainty_cores = 0.1;
    sample.waiting_cores = waiting[i];
    row.samples.push_back(sample);
  }
  return row;
}

std::vector<std::string> reasons(const Row& row) {
  std::vector<std::string> found;
  for (const Sample& sample : row.samples) found.push_back(sample.excluded);
  return found;
}

TEST(Exclusion, IsForWhatStandsOutFromTheUsual) {
  std::vector<Row> rows{row_with({0.1, 0.1, 0.9, 0.1, 0.4}, {0, 0, 0, 0, 0})};
  exclude_disturbed(rows, 2);
  EXPECT_THAT(reasons(rows[0]), testing::ElementsAre("", "", "others used 0.9 of 2 cores", "", ""));
}

TEST(Exclusion, NothingStandsOutWhereOthersAreAlwaysThere) {
  std::vector<Row> rows{row_with({1.1, 1.0, 0.9, 1.2}, {0.5, 0.6, 0.4, 0.5})};
  exclude_disturbed(rows, 2);
  EXPECT_THAT(reasons(rows[0]), testing::Each(""));
}

TEST(Exclusion, CountsWaitingForACoreWhereThereIsOneForEachWorker) {
  std::vector<Row> rows{row_with({0, 0, 0}, {0, 0.3, 0}), row_with({0, 0, 0}, {3.0, 3.1, 3.9})};
  rows[1].workers = 16;  // they wait for each other
  exclude_disturbed(rows, 2);
  EXPECT_THAT(reasons(rows[0]), testing::ElementsAre("", "our threads waited for 0.3 cores", ""));
  EXPECT_THAT(reasons(rows[1]), testing::Each(""));
}

TEST(Exclusion, NeverLooksAtTheTime) {
  std::vector<Row> rows{row_with({0, 0, 0}, {0, 0, 0})};
  rows[0].samples[1].seconds = 1000;
  exclude_disturbed(rows, 2);
  EXPECT_THAT(reasons(rows[0]), testing::Each(""));
}

TEST(Exclusion, IsFoundAnewWhenMoreIsKnown) {
  std::vector<Row> rows{row_with({0.0, 0.6, 0.0}, {0, 0, 0})};
  exclude_disturbed(rows, 2);
  EXPECT_FALSE(rows[0].samples[1].excluded.empty());
  for (const Sample& sample : row_with({0.6, 0.7, 0.6}, {0, 0, 0}).samples) {
    rows[0].samples.push_back(sample);
  }
  exclude_disturbed(rows, 2);
  EXPECT_TRUE(rows[0].samples[1].excluded.empty());
}

}  // namespace
}  // namespace gilbench
