// Small pieces of sentences: counts, ratios, names.
#pragma once

#include <string>
#include <vector>

#include "bench/estimator/estimate.h"

namespace gilbench::estimator {

// "1 worker", "2 workers".
std::string count_of(int count, const std::string& thing);

// A ratio, finer near 1: "1.013", "1.23", "12.3", "670".
std::string ratio_text(double ratio);

// The interval as ratios: "1.20 to 1.26"; "interval not known" where there is none.
std::string interval_text(const Estimate& estimate);

// A share of 1 in per cent: 0.01 is "1 %".
// "0.9".
std::string tenths_text(double number);

std::string percent_text(double share);

// "a, b and c"; of more than four the first three and the number of the others.
std::string list_text(const std::vector<std::string>& names);

}  // namespace gilbench::estimator
