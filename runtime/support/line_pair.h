// How far apart what different threads write to must lie, or what one writes and the others read
// all the time.
#pragma once

#include <cstddef>

namespace gilbench {

// Size and alignment, in bytes: twice a cache line, as Intel's processors fetch lines by aligned
// pairs.
inline constexpr std::size_t kLinePair = 128;

}  // namespace gilbench
