// Over all repetitions of a session: the median of what others used, the mean over blocks of what
// the cores gave, and how many repetitions are excluded.
#include "bench/estimator/circumstances.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace gilbench::estimator {

Circumstances circumstances(const Session& session) {
  Circumstances found;
  const Machine& machine = session.machine;
  found.cores =
      static_cast<int>(machine.usable_cores != 0 ? machine.usable_cores : machine.num_cpus);
  found.rule = session.exclusion_rule;
  BlockLogs gave;
  std::vector<double> others;
  for (const Row& row : session.rows) {
    for (const Sample& sample : row.samples) {
      ++found.repetitions;
      others.push_back(sample.others_cores);
      if (sample.cores_gave > 0) gave[sample.block] = std::log(sample.cores_gave);
      if (sample.excluded.empty()) continue;
      ++found.excluded;
      if (found.exclusion.empty()) found.exclusion = sample.excluded;
    }
  }
  if (!others.empty()) {
    const auto middle = others.begin() + static_cast<std::ptrdiff_t>(others.size() / 2);
    std::nth_element(others.begin(), middle, others.end());
    found.others_cores = *middle;
  }
  if (found.cores > 1) found.cores_gave = mean_over_blocks(gave);
  return found;
}

}  // namespace gilbench::estimator
