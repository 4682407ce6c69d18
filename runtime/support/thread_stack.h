// Where the C++ stack of an OS thread lies.
#pragma once

#include <optional>

namespace gilbench {

// It grows down, from `base` towards `lowest`; all of it is in [lowest, base).
struct ThreadStack {
  const char* lowest;
  const char* base;
};

// The calling thread's, also while a task runs on a stack of its own there; nothing where the
// system cannot tell. Slow: of the main thread the C library reads it from /proc.
std::optional<ThreadStack> stack_of_this_thread() noexcept;

}  // namespace gilbench
