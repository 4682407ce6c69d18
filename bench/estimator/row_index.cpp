// A ratio over several workloads is the mean of their ratios, and there is none where one is
// missing. The baseline is global_lock, or else the first strategy.
#include "bench/estimator/row_index.h"

#include <algorithm>

namespace gilbench::estimator {
namespace {

constexpr const char* kBaseline = "global_lock";

}  // namespace

RowIndex::RowIndex(const Session& session) {
  for (const Row& row : session.rows) {
    if (!row.is_compared()) continue;
    entries_[{row.workload, row.strategy, row.workers}] = {&row, row.usable_blocks()};
  }
}

const RowIndex::Entry* RowIndex::find(const std::string& workload, const Side& side) const {
  const auto found = entries_.find({workload, side.strategy, side.workers});
  return found == entries_.end() ? nullptr : &found->second;
}

std::optional<Estimate> RowIndex::ratio(const std::string& workload, const Side& above,
                                        const Side& below) const {
  const Entry* first = find(workload, above);
  const Entry* second = find(workload, below);
  if (first == nullptr || second == nullptr) return std::nullopt;
  return paired_ratio(first->blocks, second->blocks);
}

std::optional<Estimate> RowIndex::ratio(const std::vector<std::string>& workloads,
                                        const Side& above, const Side& below) const {
  std::vector<Estimate> ratios;
  for (const std::string& workload : workloads) {
    const std::optional<Estimate> one = ratio(workload, above, below);
    if (!one) return std::nullopt;
    ratios.push_back(*one);
  }
  if (ratios.empty()) return std::nullopt;
  return mean_of_estimates(ratios);
}

std::string baseline_of(const std::vector<std::string>& strategies) {
  const auto found = std::find(strategies.begin(), strategies.end(), kBaseline);
  if (found != strategies.end()) return *found;
  return strategies.empty() ? "" : strategies.front();
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace gilbench::estimator
