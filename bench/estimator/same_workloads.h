// Which strategies may stand beside each other, and over which workloads: the same for all of them.
#pragma once

#include <string>
#include <vector>

namespace gilbench::estimator {

struct Grid {
  std::vector<std::string> strategies;
  std::vector<std::string> workloads;
  // [strategy][workload]: why there is no time; empty: there is one.
  std::vector<std::vector<std::string>> no_time;
};

struct LeftOut {
  std::string name;    // of a strategy or a workload
  std::string reason;  // follows the name: "has times for 2 of 6 workloads"
};

struct Selection {
  std::vector<std::string> strategies;  // in the grid's order, as the workloads
  std::vector<std::string> workloads;   // each has a time under each of the strategies
  std::vector<LeftOut> left_out;
  // Several strategies have times, and no two of them for the same workload: `strategies` is one.
  bool nothing_in_common = false;
};

// The strategies and workloads without a gap that compare most: those with the largest product of
// their numbers, of at least two strategies where any two have a workload in common. The search
// drops the strategy with the fewest times, again and again, and keeps the best that it has seen.
Selection same_workloads(const Grid& grid);

}  // namespace gilbench::estimator
