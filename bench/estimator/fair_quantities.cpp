// Memory for each worker is the paired difference to the row with one worker. Quantiles are read
// from the pooled buckets, as far as enough questions lie beyond them.
#include "bench/estimator/fair_quantities.h"

#include <cmath>
#include <map>

namespace gilbench::estimator {
namespace {

constexpr std::int64_t kLeastBeyond = 10;
constexpr std::pair<const char*, double> kQuantiles[] = {
    {"p50", 0.5}, {"p90", 0.9}, {"p99", 0.99}, {"p99.9", 0.999}};

// Block -> mean memory of its repetitions that count.
std::map<int, double> memory_by_block(const Row& row) {
  std::map<int, std::pair<double, int>> sums;
  for (const Sample& sample : row.samples) {
    if (!sample.excluded.empty() || sample.pss_bytes == 0) continue;
    auto& [sum, count] = sums[sample.block];
    sum += static_cast<double>(sample.pss_bytes);
    ++count;
  }
  std::map<int, double> means;
  for (const auto& [block, sum] : sums) means[block] = sum.first / sum.second;
  return means;
}

// The middle of the bucket that holds the question of that rank, from 1.
double seconds_at(const Buckets& buckets, std::int64_t rank) {
  std::int64_t passed = 0;
  for (const auto& [index, count] : buckets) {
    passed += count;
    if (passed >= rank) return std::pow(kBucketGrowth, index + 0.5) * 1e-9;
  }
  return 0;
}

}  // namespace

std::optional<Estimate> memory_per_worker(const Row& row, const Row& alone) {
  if (row.workers < 2) return std::nullopt;
  // A mean of differences is what it computes, of whatever unit.
  std::optional<Estimate> more = paired_ratio(memory_by_block(row), memory_by_block(alone));
  if (!more) return std::nullopt;
  more->mean /= row.workers - 1;
  more->standard_error /= row.workers - 1;
  return more;
}

std::optional<Latency> pooled_latency(const Row& row) {
  Buckets pooled;
  Latency latency;
  for (const Sample& sample : row.samples) {
    if (!sample.excluded.empty()) continue;
    for (const auto& [index, count] : sample.latency) {
      pooled[index] += count;
      latency.questions += count;
    }
  }
  if (latency.questions == 0) return std::nullopt;
  for (const auto& [name, share] : kQuantiles) {
    const double exact = share * static_cast<double>(latency.questions);
    const auto rank = static_cast<std::int64_t>(std::ceil(exact - 1e-6));
    if (latency.questions - rank < kLeastBeyond) continue;
    latency.quantiles.emplace_back(name, seconds_at(pooled, rank));
  }
  return latency;
}

}  // namespace gilbench::estimator
