// The rows of a session that strategies are compared by, found by strategy, workload and workers.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "bench/estimator/session.h"

namespace gilbench::estimator {

// One strategy with one number of workers.
struct Side {
  std::string strategy;
  int workers = 1;
};

class RowIndex {
 public:
  struct Entry {
    const Row* row = nullptr;
    BlockLogs blocks;  // usable ones
  };

  // The session must outlive the index.
  explicit RowIndex(const Session& session);

  // nullptr where there is no such row.
  const Entry* find(const std::string& workload, const Side& side) const;

  // above / below for one workload, by the blocks that both have; nothing where there is none.
  std::optional<Estimate> ratio(const std::string& workload, const Side& above,
                                const Side& below) const;

  // The geometric mean of that over the workloads; nothing where one of them has none.
  std::optional<Estimate> ratio(const std::vector<std::string>& workloads, const Side& above,
                                const Side& below) const;

 private:
  std::map<std::tuple<std::string, std::string, int>, Entry> entries_;
};

// "global_lock" if it is among them, or else the first; "" of none.
std::string baseline_of(const std::vector<std::string>& strategies);

// Adds what is not there yet.
void add_once(std::vector<std::string>& names, const std::string& name);

}  // namespace gilbench::estimator
