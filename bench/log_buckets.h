// A distribution of times as counts in buckets of 1 %: G. Tene's HdrHistogram with logarithms.
#pragma once

#include <cmath>
#include <cstdint>
#include <map>

namespace gilbench {

// Bucket i counts times from kBucketGrowth^i to kBucketGrowth^(i + 1) nanoseconds; bucket 0 those
// below as well.
inline constexpr double kBucketGrowth = 1.01;
using Buckets = std::map<int, std::int64_t>;  // index -> count

inline int bucket_of(double nanoseconds) {
  if (!(nanoseconds > 1)) return 0;
  return static_cast<int>(std::floor(std::log(nanoseconds) / std::log(kBucketGrowth)));
}

}  // namespace gilbench
