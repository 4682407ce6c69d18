// What the probe says of the machine, and what is remembered of it.

#include "bench/speed_probe.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <random>
#include <string>
#include <vector>

#include "bench/machine_watch.h"
#include "bench/options.h"

namespace gilbench {
namespace {

TEST(SpeedProbe, RunsOnEachCoreThatMayBeUsed) {
  const std::vector<int> numbers = usable_core_numbers();
  const CoreSpeed speed = probe_cores(numbers);
  EXPECT_EQ(speed.cores, static_cast<int>(numbers.size()));
  EXPECT_GT(speed.alone_seconds, 0);
  EXPECT_GT(speed.together_seconds, 0);
}

TEST(SpeedProbe, WhatCoresGiveIsTheirWorkInTheTimeOfOne) {
  EXPECT_DOUBLE_EQ((CoreSpeed{4, 0.5, 0.5}.cores_gave()), 4);
  EXPECT_DOUBLE_EQ((CoreSpeed{4, 0.5, 1.0}.cores_gave()), 2);
  EXPECT_DOUBLE_EQ((CoreSpeed{2, 0.5, 1.0}.cores_gave()), 1);
}

TEST(SpeedProbe, RunsWhereTheSystemNamesNoCores) {
  const CoreSpeed speed = probe_cores({});
  EXPECT_EQ(speed.cores, 1);
  EXPECT_DOUBLE_EQ(speed.cores_gave(), 1);
}

class MachineMemory : public testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/gilbench_memory_XXXXXX";
    const int descriptor = mkstemp(name);
    ASSERT_GE(descriptor, 0);
    close(descriptor);
    path_ = name;
  }
  void TearDown() override { unlink(path_.c_str()); }

  std::string path_;
  std::mt19937 random_{1};
};

TEST_F(MachineMemory, SlowdownIsAgainstTheBestOfAllSessions) {
  std::ofstream(path_) << "1e-6\n";  // faster than any machine
  MachineWatch watch(usable_core_numbers(), path_);
  watch.probe(random_);
  Sample sample;
  watch.describe(sample);
  EXPECT_GT(sample.slowdown, 100);
  EXPECT_DOUBLE_EQ(watch.best_seconds(), 1e-6);
}

TEST_F(MachineMemory, KeepsTheBest) {
  std::ofstream(path_) << "9\n";  // slower than any machine
  MachineWatch watch(usable_core_numbers(), path_);
  watch.probe(random_);
  watch.remember();
  double kept = 0;
  std::ifstream(path_) >> kept;
  EXPECT_GT(kept, 0);
  EXPECT_LT(kept, 9);
  EXPECT_NEAR(watch.best_seconds(), kept, 1e-6);
}

TEST_F(MachineMemory, PassesOverWhatIsNoTime) {
  for (const char* text : {"", "nothing", "-1", "1e300"}) {
    std::ofstream(path_) << text;
    EXPECT_EQ(MachineWatch({}, path_).best_seconds(), 0) << text;
  }
}

}  // namespace
}  // namespace gilbench
