// Estimates against values computed by hand, and how often their intervals hold the truth.

#include "bench/estimator/estimate.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "tests/bench/estimator/made_up.h"

namespace gilbench::estimator {
namespace {

using made_up::Noise;
using made_up::Random;

// ---- by hand ----

TEST(PairedRatio, IsStudentsOverTheDifferencesOfCommonBlocks) {
  const BlockLogs above{{0, 1.1}, {1, 5.2}, {2, 9.3}, {3, 7}};
  const BlockLogs below{{0, 1}, {1, 5}, {2, 9}, {4, 7}};
  const Estimate ratio = *paired_ratio(above, below);
  EXPECT_EQ(ratio.blocks, 3);
  EXPECT_NEAR(ratio.mean, 0.2, 1e-12);
  EXPECT_NEAR(ratio.standard_error, 0.1 / std::sqrt(3), 1e-12);
  EXPECT_EQ(ratio.freedom, 2);
  EXPECT_NEAR(ratio.half_width(), 4.302653 * 0.1 / std::sqrt(3), 1e-6);
  EXPECT_NEAR(ratio.half_width(0.99), 9.924843 * 0.1 / std::sqrt(3), 1e-6);
}

TEST(PairedRatio, NeedsACommonBlockAndForAnIntervalTwo) {
  EXPECT_FALSE(paired_ratio({{0, 1.0}}, {{1, 1.0}}));
  const Estimate one = *paired_ratio({{0, 1.5}}, {{0, 1.0}});
  EXPECT_EQ(one.mean, 0.5);
  EXPECT_FALSE(one.has_interval());
  EXPECT_EQ(level_probability(one, 0), 1);
  EXPECT_FALSE(is_level(one, 10));
}

TEST(IndependentRatio, IsWelchs) {
  const BlockLogs above{{0, 1.0}, {1, 2.0}, {2, 3.0}};
  const BlockLogs below{{0, 2.0}, {1, 4.0}, {2, 6.0}, {3, 8.0}};
  const Estimate ratio = *independent_ratio(above, below);
  EXPECT_NEAR(ratio.mean, -3, 1e-12);
  EXPECT_NEAR(ratio.standard_error, std::sqrt(2), 1e-12);
  EXPECT_NEAR(ratio.freedom, 4.0755, 1e-4);
  EXPECT_EQ(ratio.blocks, 3);
}

TEST(MeanOfEstimates, AddsVariancesWithSatterthwaitesFreedom) {
  const Estimate mean = mean_of_estimates({{0.1, 0.03, 9, 10}, {0.3, 0.04, 9, 12}});
  EXPECT_NEAR(mean.mean, 0.2, 1e-12);
  EXPECT_NEAR(mean.standard_error, 0.025, 1e-12);
  EXPECT_NEAR(mean.freedom, 16.691, 1e-3);
  EXPECT_EQ(mean.blocks, 10);
}

TEST(MeanOfEstimates, HasNoIntervalWhereOneHasNone) {
  EXPECT_FALSE(mean_of_estimates({{0.1, 0.03, 9, 10}, {0.3, 0, 0, 1}}).has_interval());
}

TEST(LevelProbability, IsBelowFivePerCentWhereTheIntervalLiesOutside) {
  const Estimate estimate{-0.1, 0.03, 9, 10};
  const double edge = 0.1 - estimate.half_width();
  EXPECT_LT(level_probability(estimate, edge - 1e-9), 0.05);
  EXPECT_GT(level_probability(estimate, edge + 1e-9), 0.05);
  EXPECT_EQ(level_probability(estimate, 0.1), 1);
}

TEST(LevelProbability, LeavesNoDoubtWhereNothingSpreads) {
  EXPECT_EQ(level_probability({0.1, 0, 9, 10}, 0.01), 0);
  EXPECT_EQ(level_probability({0.001, 0, 9, 10}, 0.01), 1);
  EXPECT_TRUE(is_level({0.001, 0, 9, 10}, 0.01));
}

TEST(Holm, CorrectsByHowManyAreLeft) {
  const std::vector<Answer> answers = holm({0.01, 0.04, 0.03});
  EXPECT_NEAR(answers[0].probability, 0.03, 1e-12);
  EXPECT_NEAR(answers[1].probability, 0.06, 1e-12);  // not less than the one before it
  EXPECT_NEAR(answers[2].probability, 0.06, 1e-12);
  EXPECT_TRUE(answers[0].is_yes());
  EXPECT_FALSE(answers[2].is_yes());
  EXPECT_EQ(answers[0].questions, 3);
  EXPECT_EQ(answers[1].questions, 1);
  EXPECT_NEAR(answers[0].confidence(), 1 - 0.05 / 3, 1e-12);
  EXPECT_TRUE(holm({}).empty());
}

TEST(Holm, NoProbabilityIsAboveOne) {
  for (const Answer& answer : holm({0.9, 0.8, 0.7})) EXPECT_EQ(answer.probability, 1);
}

TEST(MoreBlocks, GrowWithTheSquareOfTheWidth) {
  // The interval must shrink from 0.04 to 0.02: four times as many blocks, 30 more.
  EXPECT_EQ(more_blocks({0.03, 0.02, 9, 10}, 0.04, 0.01), 30);
  EXPECT_EQ(more_blocks({-0.03, 0.02, 9, 10}, 0.04, 0.01), 30);
  // To be level it must shrink to 0.005.
  EXPECT_EQ(more_blocks({0.005, 0.005, 9, 10}, 0.01, 0.01), 30);
  EXPECT_FALSE(more_blocks({0.01, 0.02, 9, 10}, 0.04, 0.01));
  EXPECT_FALSE(more_blocks({0.0101, 0.02, 9, 10}, 0.04, 0.01));
  EXPECT_FALSE(more_blocks({0.03, 0, 0, 1}, 0.04, 0.01));
}

TEST(UsableBlocks, AverageWhatCountsWithinABlock) {
  Row row;
  row.samples = {{0, 1, ""}, {0, std::exp(2), ""}, {1, 7, "others ran"}, {2, 3, ""}, {2, 9, "x"}};
  const BlockLogs blocks = row.usable_blocks();
  ASSERT_EQ(blocks.size(), 2U);
  EXPECT_NEAR(blocks.at(0), 1, 1e-12);
  EXPECT_NEAR(blocks.at(2), std::log(3), 1e-12);
  EXPECT_EQ(row.excluded_block_count(), 1);
  EXPECT_EQ(row.exclusion(), "others ran");
}

// ---- coverage ----

constexpr int kRuns = 4000;

// The share of runs, in per cent, in which the interval holds the truth. With 4,000 runs it is
// known within 0.7 per cent.
double coverage(const std::string& what, double truth,
                const std::function<Estimate(Random&)>& run) {
  Random random(20260101);
  int held = 0;
  for (int count = 0; count < kRuns; ++count) {
    const Estimate estimate = run(random);
    if (std::abs(estimate.mean - truth) <= estimate.half_width()) ++held;
  }
  const double share = 100.0 * held / kRuns;
  testing::Test::RecordProperty(what, std::to_string(share));
  return share;
}

double mean_of(const Noise& noise) {
  Random random(1);
  double sum = 0;
  constexpr int kDraws = 200'000;
  for (int draw = 0; draw < kDraws; ++draw) sum += noise(random);
  return sum / kDraws;
}

void expect_covered(const std::string& what, double truth,
                    const std::function<Estimate(Random&)>& run) {
  const double share = coverage(what, truth, run);
  EXPECT_GE(share, 92) << what;
  EXPECT_LE(share, 98) << what;
}

Estimate paired_of(Random& random, const Noise& above, const Noise& below) {
  const BlockLogs first = made_up::blocks(random, above);
  return *paired_ratio(first, made_up::blocks(random, below));
}

TEST(Coverage, OfNormalTimes) {
  const Noise noise = made_up::normal(0.04);
  expect_covered("normal", 0, [&](Random& random) { return paired_of(random, noise, noise); });
}

TEST(Coverage, OfSkewedTimes) {
  const Noise noise = made_up::skewed(0.03);
  expect_covered("skewed", 0, [&](Random& random) { return paired_of(random, noise, noise); });
}

// Then the ratio is skewed too.
TEST(Coverage, OfSkewedTimesOfWhichOneIsDelayedTwiceAsMuch) {
  const Noise above = made_up::skewed(0.06);
  const Noise below = made_up::skewed(0.03);
  expect_covered("skewed, one twice as much", mean_of(above) - mean_of(below),
                 [&](Random& random) { return paired_of(random, above, below); });
}

TEST(Coverage, OfTimesWithOutliers) {
  const Noise noise = made_up::with_outliers();
  expect_covered("outliers", 0, [&](Random& random) { return paired_of(random, noise, noise); });
}

// A block has a speed of its own, each row in it a layout, and each row is repeated three times.
Estimate two_levels(Random& random) {
  const Noise machine = made_up::normal(0.15);
  const Noise repetition = made_up::normal(0.02);
  Row above;
  Row below;
  for (int block = 0; block < made_up::kBlocks; ++block) {
    const double speed = machine(random);
    for (Row* row : {&above, &below}) {
      const double own = speed + made_up::layout(random);
      for (int index = 0; index < 3; ++index) {
        row->samples.push_back({block, std::exp(own + repetition(random)), ""});
      }
    }
  }
  return *paired_ratio(above.usable_blocks(), below.usable_blocks());
}

TEST(Coverage, OfTwoLevels) { expect_covered("two levels", 0, two_levels); }

TEST(Coverage, OfTheMeanOverWorkloads) {
  expect_covered("mean over four workloads", 0, [](Random& random) {
    std::vector<Estimate> ratios;
    for (const double deviation : {0.01, 0.02, 0.04, 0.1}) {
      const Noise noise = made_up::normal(deviation);
      ratios.push_back(paired_of(random, noise, noise));
    }
    return mean_of_estimates(ratios);
  });
}

TEST(Coverage, OfIndependentTimes) {
  const Noise before = made_up::skewed(0.03);
  const Noise after = made_up::with_outliers();
  expect_covered("independent", mean_of(after) - mean_of(before), [&](Random& random) {
    const BlockLogs first = made_up::blocks(random, before, 10);
    return *independent_ratio(made_up::blocks(random, after, 14), first);
  });
}

}  // namespace
}  // namespace gilbench::estimator
