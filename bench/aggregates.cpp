// Standard deviations are those of a sample (n - 1). A coefficient of variation ("cv") is one
// divided by the mean.
#include "bench/aggregates.h"

#include <cmath>

#include "bench/measurement.h"

namespace gilbench {
namespace {

double mean_of(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

double deviation_of(const std::vector<double>& values) {
  const double mean = mean_of(values);
  double squares = 0;
  for (const double value : values) squares += (value - mean) * (value - mean);
  return std::sqrt(squares / static_cast<double>(values.size() - 1));
}

double variation_of(const std::vector<double>& values) {
  return deviation_of(values) / mean_of(values);
}

double median_of(const std::vector<double>& values) { return median(values); }

}  // namespace

const std::array<Aggregate, 4>& all_aggregates() {
  static const std::array<Aggregate, 4> kAll{{{"mean", mean_of},
                                              {"median", median_of},
                                              {"stddev", deviation_of},
                                              {"cv", variation_of, benchmark::kPercentage}}};
  return kAll;
}

}  // namespace gilbench
