// What a row shows beside its time: memory for each worker, and how long answers took.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "bench/estimator/session.h"

namespace gilbench::estimator {

// (memory with N workers - memory with one) / (N - 1) in bytes, no logarithm: by the blocks that
// both rows have. Nothing where there is no such block, or where the row has one worker itself.
std::optional<Estimate> memory_per_worker(const Row& row, const Row& alone);

struct Latency {
  std::int64_t questions = 0;
  std::vector<std::pair<const char*, double>> quantiles;  // name, seconds
};

// Of all questions of the blocks that count. Half of a bucket's width, 0.5 %, is all that a
// quantile is off. Left out are quantiles beyond which fewer than ten questions lie: they would be
// chance. Nothing where no question was asked.
std::optional<Latency> pooled_latency(const Row& row);

}  // namespace gilbench::estimator
