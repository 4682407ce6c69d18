// What one would use without a runtime: each strategy's primitives stand beside these.
#pragma once

#include <span>

#include "runtime/primitives/primitive.h"

namespace gilbench {

std::span<const Primitive> baselines();

}  // namespace gilbench
