// Adds A/A pairs: beside rows of the baseline with a worker on each core, of the first few
// workloads, the same rows under the strategy's second name.
#include "bench/extra_rows.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <utility>

#include "bench/estimator/noise_floor.h"
#include "bench/estimator/row_index.h"

namespace gilbench {
namespace {

// One more than a noise floor needs: one of them may fail.
constexpr std::size_t kPairs = estimator::kFewestPairs + 1;

std::string baseline_of(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) estimator::add_once(names, std::string(row.strategy->name));
  return estimator::baseline_of(names);
}

bool has_second_names(const std::vector<Row>& rows) {
  return std::any_of(rows.begin(), rows.end(), [](const Row& row) {
    const std::string name(row.strategy->name);
    return estimator::original_name(name) != name;
  });
}

// One row of each of the first few workloads.
std::vector<std::size_t> rows_to_pair(const std::vector<Row>& rows, int cores) {
  const std::string baseline = baseline_of(rows);
  std::vector<std::size_t> chosen;
  for (std::size_t i = 0; i < rows.size() && chosen.size() < kPairs; ++i) {
    const Row& row = rows[i];
    if (row.strategy->name != baseline || row.workers != cores || !row.is_speed() || row.is_extra ||
        !row.skipped.empty()) {
      continue;
    }
    if (chosen.empty() || rows[chosen.back()].workload != row.workload) chosen.push_back(i);
  }
  return chosen;
}

}  // namespace

void add_noise_pairs(
    std::vector<Row>& rows, int cores,
    const std::function<const StrategyInfo*(const StrategyInfo& strategy)>& second_name) {
  if (has_second_names(rows)) return;
  std::vector<std::size_t> chosen = rows_to_pair(rows, cores);
  if (chosen.size() < estimator::kFewestPairs) return;  // they would give no floor
  const StrategyInfo* again = second_name(*rows[chosen.front()].strategy);
  // From the end, so that places in front stay what they are.
  for (auto place = chosen.rbegin(); place != chosen.rend(); ++place) {
    Row pair = rows[*place];
    pair.strategy = again;
    pair.name = row_name(pair);
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(*place) + 1, std::move(pair));
  }
}

}  // namespace gilbench
