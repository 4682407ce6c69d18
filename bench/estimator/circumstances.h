// What a session was measured under: what its machine gave at all, and what others took of it.
#pragma once

#include <optional>
#include <string>

#include "bench/estimator/session.h"

namespace gilbench::estimator {

// From here on the usual level of what others use is worth a word.
inline constexpr double kMuchUsed = 0.1;

struct Circumstances {
  int cores = 0;  // that could be used; 0: not recorded
  // How many cores' worth of work all of them did at once, over blocks; a logarithm. No strategy's
  // speed-up can be more. Nothing where it was not measured, and of a single core.
  std::optional<Estimate> cores_gave;
  double others_cores = 0;  // what others used, in the middle repetition of all
  int repetitions = 0;      // of all rows
  int excluded = 0;         // of these
  std::string exclusion;    // the first one's
  std::string rule;         // by which they are excluded; empty: none is recorded
};

Circumstances circumstances(const Session& session);

}  // namespace gilbench::estimator
