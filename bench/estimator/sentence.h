// Conclusions in words: what the table and the charts say.
#pragma once

#include <string>

#include "bench/estimator/circumstances.h"
#include "bench/estimator/comparison.h"
#include "bench/estimator/conclusion.h"

namespace gilbench::estimator {

// One sentence with the verdict, and another with what is left out where anything is.
std::string sentence(const Conclusion& conclusion);

std::string sentence(const Change& change, double threshold);

// How many rows are better, worse, the same and unknown.
std::string sentence(const Comparison& comparison);

// What the machine gave, and which repetitions do not count; "" where there is nothing to say.
std::string sentence(const Circumstances& circumstances);

// What the A/A pairs say; "" where there are none.
std::string sentence(const NoiseFloor& noise);

}  // namespace gilbench::estimator
