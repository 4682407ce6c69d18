// Order statistics of a handful of measurements.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

namespace gilbench {

// The nearest-rank percentile of sorted values: the smallest that at least `share` (0 to 1] of them
// do not exceed. No value is made up between two measured ones.
inline double percentile(const std::vector<double>& sorted, double share) {
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  return sorted[std::clamp<std::size_t>(rank, 1, sorted.size()) - 1];
}

}  // namespace gilbench
