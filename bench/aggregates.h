// What Google Benchmark computes over a row's repetitions, by its names.
#pragma once

#include <benchmark/benchmark.h>

#include <array>
#include <string>
#include <vector>

namespace gilbench {

struct Aggregate {
  std::string name;
  double (*compute)(const std::vector<double>& values);  // of two at least
  benchmark::StatisticUnit unit = benchmark::kTime;
};

// mean, median, stddev, cv.
const std::array<Aggregate, 4>& all_aggregates();

}  // namespace gilbench
