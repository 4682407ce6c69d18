// What a session shows of each row alone: what charts and tables draw beside the conclusions.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/estimator/fair_quantities.h"
#include "bench/estimator/row_index.h"

namespace gilbench::estimator {

struct RowFacts {
  const Row* row = nullptr;
  int usable_blocks = 0;
  int excluded_blocks = 0;
  bool is_enough = false;           // for a verdict: kFewestBlocks usable ones
  std::optional<Estimate> seconds;  // the logarithm of the mean over blocks
  std::optional<Estimate> speed;    // as in a Standing, of this workload alone
  std::optional<Estimate> speed_over_one;
  std::optional<Estimate> speedup;
  std::optional<Estimate> cost;
  std::optional<Estimate> memory_per_worker;  // in bytes
  std::optional<Latency> latency;
};

struct Facts {
  std::string baseline;        // of all rows: "global_lock", or the first strategy of the file
  std::vector<RowFacts> rows;  // of all rows, in the session's order
};

// The session must outlive the facts.
Facts row_facts(const Session& session, const RowIndex& index);

}  // namespace gilbench::estimator
