// How far apart must lie what different threads write to, or what one writes and the others read
// all the time.
#pragma once

#include <cstddef>

namespace gilbench {

// Twice a cache line, in bytes: Intel's processors fetch lines by aligned pairs.
inline constexpr std::size_t kLinePair = 128;

}  // namespace gilbench
