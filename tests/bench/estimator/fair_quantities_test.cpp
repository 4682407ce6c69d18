// Memory for each worker and pooled latencies, on made-up repetitions.
#include "bench/estimator/fair_quantities.h"

#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "tests/bench/estimator/made_up.h"

namespace gilbench::estimator {
namespace {

Row row_of(int workers, const std::vector<std::int64_t>& pss_bytes) {
  Row row = made_up::row("cpu/a", "x", workers, std::vector<double>(pss_bytes.size(), 0.1));
  for (std::size_t i = 0; i < pss_bytes.size(); ++i) row.samples[i].pss_bytes = pss_bytes[i];
  return row;
}

TEST(MemoryPerWorker, IsTheMeanOfDifferencesWithinBlocks) {
  // What blocks differ in falls out: each has 30 bytes more for three workers more.
  const auto memory = memory_per_worker(row_of(4, {130, 1130, 2130}), row_of(1, {100, 1100, 2100}));
  ASSERT_TRUE(memory);
  EXPECT_DOUBLE_EQ(memory->mean, 10);
  EXPECT_EQ(memory->blocks, 3);
  ASSERT_TRUE(memory->has_interval());
  EXPECT_NEAR(memory->half_width(), 0, 1e-9);
}

TEST(MemoryPerWorker, HasAnIntervalOverBlocks) {
  const auto memory = memory_per_worker(row_of(3, {120, 124}), row_of(1, {100, 100}));
  ASSERT_TRUE(memory);
  EXPECT_DOUBLE_EQ(memory->mean, 11);
  // Differences 20 and 24 of two workers: 22 +- t(1 degree, 97.5 %) * 2, halved.
  EXPECT_NEAR(memory->half_width(), 12.706, 0.001);
}

TEST(MemoryPerWorker, LeavesOutWhatDoesNotCountOrIsNotKnown) {
  Row together = row_of(2, {110, 0, 150});
  together.samples[2].excluded = "others used 1 of 2 cores";
  const auto memory = memory_per_worker(together, row_of(1, {100, 100, 100}));
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->blocks, 1);
  EXPECT_DOUBLE_EQ(memory->mean, 10);
  EXPECT_FALSE(memory->has_interval());
  EXPECT_FALSE(memory_per_worker(row_of(2, {0}), row_of(1, {100})));
  EXPECT_FALSE(memory_per_worker(row_of(1, {100}), row_of(1, {100})));
}

// `count` questions of so many microseconds each.
Buckets alike(double us, std::int64_t count) { return {{bucket_of(us * 1e3), count}}; }

std::map<std::string, double> quantiles_of(const Latency& latency) {
  return {latency.quantiles.begin(), latency.quantiles.end()};
}

TEST(PooledLatency, ShowsAQuantileOnlyWithTenBeyondIt) {
  Row row = row_of(2, {1, 1});
  row.samples[0].latency = alike(200, 60);
  row.samples[1].latency = alike(200, 39);
  const auto few = pooled_latency(row);
  ASSERT_TRUE(few);
  EXPECT_EQ(few->questions, 99);
  EXPECT_EQ(quantiles_of(*few).count("p50"), 1u);
  EXPECT_EQ(quantiles_of(*few).count("p90"), 0u);
  row.samples[1].latency = alike(200, 40);
  EXPECT_EQ(quantiles_of(*pooled_latency(row)).count("p90"), 1u);
  row.samples[1].latency = alike(200, 940);
  const auto many = quantiles_of(*pooled_latency(row));
  EXPECT_EQ(many.count("p99"), 1u);
  EXPECT_EQ(many.count("p99.9"), 0u);
}

TEST(PooledLatency, IsOverAllBlocksThatCount) {
  Row row = row_of(2, {1, 1, 1});
  row.samples[0].latency = alike(100, 900);
  row.samples[1].latency = alike(5000, 100);
  row.samples[2].latency = alike(90'000, 5000);
  row.samples[2].excluded = "others used 1 of 2 cores";
  const auto quantiles = quantiles_of(*pooled_latency(row));
  EXPECT_NEAR(quantiles.at("p50"), 100e-6, 1e-6);
  EXPECT_NEAR(quantiles.at("p90"), 100e-6, 1e-6);
  EXPECT_NEAR(quantiles.at("p99"), 5e-3, 5e-5);
  EXPECT_FALSE(pooled_latency(row_of(2, {1})));
}

TEST(LogBuckets, AreOfOnePercent) {
  EXPECT_EQ(bucket_of(0), 0);
  EXPECT_EQ(bucket_of(std::nan("")), 0);
  for (const double ns : {1.5, 150.0, 1e6, 3.7e9}) {
    const int index = bucket_of(ns);
    EXPECT_LE(std::pow(kBucketGrowth, index), ns * (1 + 1e-12));
    EXPECT_GT(std::pow(kBucketGrowth, index + 1), ns);
  }
}

}  // namespace
}  // namespace gilbench::estimator
