// A greedy search: leaves out the strategy with the fewest times, again and again, and keeps the
// choice with the most strategies times common workloads.
#include "bench/estimator/same_workloads.h"

#include <algorithm>
#include <cstddef>

#include "bench/estimator/words.h"

namespace gilbench::estimator {
namespace {

using Indices = std::vector<std::size_t>;

Indices common_workloads(const Grid& grid, const Indices& strategies) {
  Indices common;
  for (std::size_t workload = 0; workload < grid.workloads.size(); ++workload) {
    const bool all_have = std::all_of(strategies.begin(), strategies.end(), [&](std::size_t s) {
      return grid.no_time[s][workload].empty();
    });
    if (all_have) common.push_back(workload);
  }
  return common;
}

std::size_t time_count(const Grid& grid, std::size_t strategy) {
  const auto& reasons = grid.no_time[strategy];
  return static_cast<std::size_t>(std::count(reasons.begin(), reasons.end(), ""));
}

// How much a choice compares: one strategy compares nothing, so any two come before it.
std::size_t worth(const Indices& strategies, const Indices& workloads) {
  const std::size_t pairs_first = strategies.size() > 1 ? std::size_t{1} << 40 : 0;
  return workloads.empty() ? 0 : pairs_first + strategies.size() * workloads.size();
}

Indices best_strategies(const Grid& grid) {
  Indices remaining(grid.strategies.size());
  for (std::size_t index = 0; index < remaining.size(); ++index) remaining[index] = index;
  Indices best;
  std::size_t most = 0;
  while (!remaining.empty()) {
    const std::size_t now = worth(remaining, common_workloads(grid, remaining));
    if (now > most) {
      most = now;
      best = remaining;
    }
    // The last of those with the fewest.
    const auto fewest = std::min_element(remaining.rbegin(), remaining.rend(),
                                         [&grid](std::size_t a, std::size_t b) {
                                           return time_count(grid, a) < time_count(grid, b);
                                         });
    remaining.erase(std::next(fewest).base());
  }
  return best;
}

LeftOut strategy_left_out(const Grid& grid, std::size_t strategy) {
  const std::size_t times = time_count(grid, strategy);
  if (times == 0) {
    const auto& reasons = grid.no_time[strategy];
    return {grid.strategies[strategy], "has no time (" + reasons.front() + ")"};
  }
  return {grid.strategies[strategy], "has times for only " + std::to_string(times) + " of " +
                                         std::to_string(grid.workloads.size()) + " workloads"};
}

// Names the first of the strategies that lack it, with its reason.
LeftOut workload_left_out(const Grid& grid, std::size_t workload, const Indices& strategies) {
  std::string reason;
  std::size_t others = 0;
  for (const std::size_t strategy : strategies) {
    const std::string& lack = grid.no_time[strategy][workload];
    if (lack.empty()) continue;
    if (!reason.empty()) {
      ++others;
    } else {
      reason = "has no time under " + grid.strategies[strategy] + " (" + lack + ")";
    }
  }
  if (others > 0) reason += " and under " + count_of(static_cast<int>(others), "other");
  return {grid.workloads[workload], reason};
}

}  // namespace

Selection same_workloads(const Grid& grid) {
  const Indices strategies = best_strategies(grid);
  const Indices workloads = common_workloads(grid, strategies);
  Selection selection;
  for (std::size_t strategy = 0; strategy < grid.strategies.size(); ++strategy) {
    if (std::binary_search(strategies.begin(), strategies.end(), strategy)) {
      selection.strategies.push_back(grid.strategies[strategy]);
    } else {
      selection.left_out.push_back(strategy_left_out(grid, strategy));
      if (strategies.size() == 1 && time_count(grid, strategy) > 0) {
        selection.nothing_in_common = true;
      }
    }
  }
  if (strategies.empty()) return selection;
  for (std::size_t workload = 0; workload < grid.workloads.size(); ++workload) {
    if (std::binary_search(workloads.begin(), workloads.end(), workload)) {
      selection.workloads.push_back(grid.workloads[workload]);
    } else {
      selection.left_out.push_back(workload_left_out(grid, workload, strategies));
    }
  }
  return selection;
}

}  // namespace gilbench::estimator
