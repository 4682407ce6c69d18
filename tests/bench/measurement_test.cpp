// Fairness, medians, means, and the peak of a process's memory.
#include "bench/measurement.h"

#include <gtest/gtest.h>

#include <vector>

namespace gilbench {
namespace {

TEST(FairnessIndex, IsOneWhereAllAreAlike) {
  EXPECT_DOUBLE_EQ(fairness_index({2, 2, 2}), 1);
  EXPECT_DOUBLE_EQ(fairness_index({7}), 1);
}

TEST(FairnessIndex, IsOneOverNWhereOneDidAll) {
  EXPECT_DOUBLE_EQ(fairness_index({5, 0, 0, 0}), 0.25);
}

TEST(FairnessIndex, OfNobodyAndOfNothingIsOne) {
  EXPECT_DOUBLE_EQ(fairness_index({}), 1);
  EXPECT_DOUBLE_EQ(fairness_index({0, 0}), 1);
}

TEST(Median, IsTheMiddleOrTheMeanOfTheTwoMiddles) {
  EXPECT_DOUBLE_EQ(median({3, 1, 2}), 2);
  EXPECT_DOUBLE_EQ(median({4, 1, 2, 10}), 3);
  EXPECT_DOUBLE_EQ(median({}), 0);
}

TEST(GeometricMean, MultipliesRatios) {
  EXPECT_DOUBLE_EQ(geometric_mean({2, 8}), 4);
  EXPECT_DOUBLE_EQ(geometric_mean({0.5, 2}), 1);
  EXPECT_DOUBLE_EQ(geometric_mean({}), 0);
}

TEST(PeakRss, SeesAPeakThatIsOver) {
  constexpr std::size_t kPeak = 64u << 20;
  reset_peak_rss();
  const std::int64_t before = peak_rss_bytes();
  ASSERT_GT(before, 0);
  { std::vector<char> touched(kPeak, 1); }
  EXPECT_GE(peak_rss_bytes(), before + static_cast<std::int64_t>(kPeak / 2));
}

}  // namespace
}  // namespace gilbench
