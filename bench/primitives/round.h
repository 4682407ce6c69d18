// One timed round of a primitive on threads of its own: a seat each.
#pragma once

#include <cstdint>

#include "runtime/primitives/primitive.h"

namespace gilbench {

struct RoundTimes {
  double seconds;      // from the first one's start to the last one's end
  double cpu_seconds;  // of all seats together
};

// Each of the seats does it `times` times; getting ready, a first turn to warm the caches, and
// clearing up lie outside the times.
RoundTimes run_round(const Primitive& primitive, int seats, bool shared, std::int64_t times);

}  // namespace gilbench
