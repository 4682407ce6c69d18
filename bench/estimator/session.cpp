// A row's value in a block is the mean logarithm of the repetitions that count; a block in which
// none counts is excluded.
#include "bench/estimator/session.h"

#include <cmath>
#include <set>

namespace gilbench::estimator {

BlockLogs Row::usable_blocks() const {
  BlockLogs sums;
  std::map<int, int> counts;
  for (const Sample& sample : samples) {
    if (!sample.excluded.empty()) continue;
    sums[sample.block] += std::log(sample.seconds);
    ++counts[sample.block];
  }
  for (auto& [block, sum] : sums) sum /= counts[block];
  return sums;
}

int Row::excluded_block_count() const {
  const BlockLogs usable = usable_blocks();
  std::set<int> excluded;
  for (const Sample& sample : samples) {
    if (usable.count(sample.block) == 0) excluded.insert(sample.block);
  }
  return static_cast<int>(excluded.size());
}

std::string Row::exclusion() const {
  for (const Sample& sample : samples) {
    if (!sample.excluded.empty()) return sample.excluded;
  }
  return {};
}

}  // namespace gilbench::estimator
