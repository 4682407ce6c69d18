// The closing words of bench_primitives.
#pragma once

#include <string>
#include <vector>

#include "bench/primitives/rows.h"

namespace gilbench {

// Medians in nanoseconds: a line for each subject, a column for each mode and number of threads.
std::string comparison_table(const std::vector<PrimitiveRow>& rows);

// One line for each strategy whose counting has a hand-written counterpart, with the ratio of their
// times; empty when neither was measured.
std::vector<std::string> counting_ratios(const std::vector<PrimitiveRow>& rows);

}  // namespace gilbench
