// What a session measures between two names of one strategy: the difference that means nothing.
//
// An A/A pair is a row of strategy X and the row of X#2 (X#3, ...) with the same workload and
// workers. Its true ratio is 1, so what it shows is noise, and its interval should miss 1 once in
// twenty times. Where many more do, blocks are not as independent as the intervals take them to be
// (a clock, a neighbour, an order of rows), and no interval of the session is to be believed.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/estimator/row_index.h"

namespace gilbench::estimator {

// With fewer pairs there is no noise floor: it would be the quantile of one or two numbers.
inline constexpr int kFewestPairs = 3;

struct NoiseFloor {
  std::vector<std::string> strategies;  // that are there under several names
  int pairs = 0;
  int told_apart = 0;  // pairs of kFewestBlocks and more whose interval misses 1
  int judged = 0;      // pairs of kFewestBlocks and more
  // 95 % of A/A pairs are within this ratio; a logarithm, of at least kFewestPairs pairs.
  std::optional<double> aa_log_ratio_95;

  // False where so many of the judged pairs would be told apart in less than one of 100 sessions.
  bool intervals_hold() const;
};

// "X" of "X#2"; a name without a number of its own as it is.
std::string original_name(const std::string& strategy);

NoiseFloor noise_floor(const Session& session, const RowIndex& index);

}  // namespace gilbench::estimator
