// One timed round of a primitive on threads of its own.
#pragma once

#include <cstdint>

#include "runtime/primitives/primitive.h"

namespace gilbench {

// Each of the seats does it `times` times. Returns the seconds from the first one's start to the
// last one's end; getting ready, a first turn to warm the caches, and clearing up lie outside.
double run_round(const Primitive& primitive, int seats, bool shared, std::int64_t times);

}  // namespace gilbench
