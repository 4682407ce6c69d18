// Whether the data tell a conclusion's first strategy from the others.
#pragma once

#include "bench/estimator/conclusion.h"

namespace gilbench::estimator {

// Fills in what a conclusion says beyond its standings, which are there and sorted: the distances
// from the first, the blocks, the verdict, and the reason where there is none.
void judge(Conclusion& conclusion, const RowIndex& index, const NoiseFloor& noise);

}  // namespace gilbench::estimator
