// The statistics: Student's t over blocks, Satterthwaite's degrees of freedom for sums of
// estimates, Holm's correction for several questions, and how many more blocks would answer one.
#include "bench/estimator/estimate.h"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace gilbench::estimator {
namespace {

using boost::math::students_t;

// The mean of independent samples of one distribution; `values` must not be empty.
Estimate mean_of_samples(const std::vector<double>& values) {
  const double count = static_cast<double>(values.size());
  Estimate estimate;
  estimate.blocks = static_cast<int>(values.size());
  estimate.mean = std::accumulate(values.begin(), values.end(), 0.0) / count;
  if (values.size() < 2) return estimate;
  double squares = 0;
  for (const double value : values) squares += (value - estimate.mean) * (value - estimate.mean);
  estimate.freedom = count - 1;
  estimate.standard_error = std::sqrt(squares / estimate.freedom / count);
  return estimate;
}

// Of a sum of independent estimates. Where none of them spreads, any number of degrees serves.
double satterthwaite(const std::vector<Estimate>& parts) {
  double variance = 0;
  double uncertainty = 0;
  double fewest = std::numeric_limits<double>::infinity();
  for (const Estimate& part : parts) {
    if (!part.has_interval()) return 0;
    const double own = part.standard_error * part.standard_error;
    variance += own;
    uncertainty += own * own / part.freedom;
    fewest = std::min(fewest, part.freedom);
  }
  // Tiny variances underflow when they are squared.
  return uncertainty > 0 ? variance * variance / uncertainty : fewest;
}

}  // namespace

double Estimate::half_width(double confidence) const {
  return boost::math::quantile(complement(students_t(freedom), (1 - confidence) / 2)) *
         standard_error;
}

std::optional<Estimate> mean_over_blocks(const BlockLogs& row) {
  if (row.empty()) return std::nullopt;
  std::vector<double> values;
  for (const auto& [block, value] : row) values.push_back(value);
  return mean_of_samples(values);
}

std::optional<Estimate> paired_ratio(const BlockLogs& above, const BlockLogs& below) {
  std::vector<double> differences;
  for (const auto& [block, value] : above) {
    const auto other = below.find(block);
    if (other != below.end()) differences.push_back(value - other->second);
  }
  if (differences.empty()) return std::nullopt;
  return mean_of_samples(differences);
}

std::optional<Estimate> independent_ratio(const BlockLogs& above, const BlockLogs& below) {
  const std::optional<Estimate> first = mean_over_blocks(above);
  const std::optional<Estimate> second = mean_over_blocks(below);
  if (!first || !second) return std::nullopt;
  return Estimate{first->mean - second->mean,
                  std::hypot(first->standard_error, second->standard_error),
                  satterthwaite({*first, *second}), std::min(first->blocks, second->blocks)};
}

Estimate mean_of_estimates(const std::vector<Estimate>& estimates) {
  const double count = static_cast<double>(estimates.size());
  Estimate result;
  result.blocks = estimates.front().blocks;
  double variance = 0;
  for (const Estimate& each : estimates) {
    result.mean += each.mean / count;
    variance += each.standard_error * each.standard_error;
    result.blocks = std::min(result.blocks, each.blocks);
  }
  result.standard_error = std::sqrt(variance) / count;
  result.freedom = satterthwaite(estimates);
  return result;
}

double level_probability(const Estimate& estimate, double threshold) {
  const double excess = std::abs(estimate.mean) - threshold;
  if (!estimate.has_interval() || excess <= 0) return 1;
  // Samples that are all alike leave no doubt; a quotient so large would be the same.
  if (estimate.standard_error < excess * 1e-12) return 0;
  return 2 * cdf(complement(students_t(estimate.freedom), excess / estimate.standard_error));
}

bool is_level(const Estimate& estimate, double threshold) {
  return estimate.has_interval() && std::abs(estimate.mean) + estimate.half_width() <= threshold;
}

std::vector<Answer> holm(const std::vector<double>& probabilities, double confidence) {
  std::vector<std::size_t> order(probabilities.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&probabilities](std::size_t a, std::size_t b) {
    return probabilities[a] < probabilities[b];
  });
  std::vector<Answer> answers(probabilities.size());
  double least = 0;  // no answer is surer than those before it
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    Answer& answer = answers[order[rank]];
    answer.together = confidence;
    answer.questions = static_cast<int>(order.size() - rank);
    least = std::max(least, std::min(1.0, answer.questions * probabilities[order[rank]]));
    answer.probability = least;
  }
  return answers;
}

std::optional<int> more_blocks(const Estimate& estimate, double half_width, double threshold) {
  if (!estimate.has_interval()) return std::nullopt;
  const double needed = std::abs(std::abs(estimate.mean) - threshold);
  const double more = estimate.blocks * (std::pow(half_width / needed, 2) - 1);
  if (!(more <= kMostBlocks)) return std::nullopt;  // needed may be 0
  return std::max(1, static_cast<int>(std::ceil(more - 1e-6)));
}

}  // namespace gilbench::estimator
