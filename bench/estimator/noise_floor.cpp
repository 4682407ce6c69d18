// The floor is the 95 % point of the pairs' log ratios, whose true mean is known to be 0. A
// binomial test asks whether the intervals miss 1 too often.
#include "bench/estimator/noise_floor.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace gilbench::estimator {
namespace {

constexpr double kHardlyChance = 0.01;

}  // namespace

bool NoiseFloor::intervals_hold() const {
  if (told_apart == 0) return true;
  const boost::math::binomial chance(judged, 1 - kConfidence);
  return cdf(complement(chance, told_apart - 1)) >= kHardlyChance;
}

std::string original_name(const std::string& strategy) {
  const std::size_t mark = strategy.rfind('#');
  if (mark == std::string::npos || mark == 0 || mark + 1 == strategy.size() ||
      strategy.find_first_not_of("0123456789", mark + 1) != std::string::npos) {
    return strategy;
  }
  return strategy.substr(0, mark);
}

NoiseFloor noise_floor(const Session& session, const RowIndex& index) {
  NoiseFloor floor;
  double squares = 0;
  for (const Row& row : session.rows) {
    const std::string original = original_name(row.strategy);
    if (original == row.strategy || !row.is_compared()) continue;
    const auto ratio =
        index.ratio(row.workload, {row.strategy, row.workers}, {original, row.workers});
    if (!ratio) continue;
    add_once(floor.strategies, original);
    ++floor.pairs;
    squares += ratio->mean * ratio->mean;
    if (ratio->blocks < kFewestBlocks) continue;
    ++floor.judged;
    if (level_probability(*ratio, 0) < 1 - kConfidence) ++floor.told_apart;
  }
  if (floor.pairs < kFewestPairs) return floor;
  // The true mean is known to be 0, so no degree of freedom goes into it.
  const boost::math::students_t spread(floor.pairs);
  floor.aa_log_ratio_95 = boost::math::quantile(complement(spread, (1 - kConfidence) / 2)) *
                          std::sqrt(squares / floor.pairs);
  return floor;
}

}  // namespace gilbench::estimator
