// How long a thread waits until it may run: for the global lock, or for a stopped world to go on.
#pragma once

#include <algorithm>
#include <chrono>

#include "strategies/strategy.h"

namespace gilbench {

// Measures one wait, from its construction to its end. Used on slow paths only, where the thread is
// about to sleep or to look again: it reads the clock twice.
class [[nodiscard]] WaitForTurn {
 public:
  explicit WaitForTurn(ThreadControl& control) noexcept : control_(control) {}
  ~WaitForTurn() {
    const std::chrono::nanoseconds time = std::chrono::steady_clock::now() - begin_;
    control_.longest_wait_ns = std::max<std::int64_t>(control_.longest_wait_ns, time.count());
  }
  WaitForTurn(const WaitForTurn&) = delete;
  WaitForTurn& operator=(const WaitForTurn&) = delete;

 private:
  ThreadControl& control_;
  const std::chrono::steady_clock::time_point begin_ = std::chrono::steady_clock::now();
};

}  // namespace gilbench
