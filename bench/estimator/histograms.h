// Reads the histograms of a repetition from a results file.
#pragma once

#include "bench/estimator/fields.h"
#include "bench/log_buckets.h"

namespace gilbench::estimator {

// Of "histograms": {"latency": {"unit": "ns", "growth": 1.01, "buckets": {"INDEX": COUNT}}}; empty
// where there is none. Throws DataError for what is damaged or of other buckets.
Buckets latency_of(const Fields& entry);

}  // namespace gilbench::estimator
