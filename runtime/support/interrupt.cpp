// One lock-free atomic flag: a signal handler may use no other kind.
#include "runtime/support/interrupt.h"

#include <atomic>

namespace gilbench {
namespace {

std::atomic<bool> requested{false};
// A signal handler may use no other kind.
static_assert(std::atomic<bool>::is_always_lock_free);

}  // namespace

// relaxed, all three: no other data is read through the flag.
void request_interrupt() noexcept { requested.store(true, std::memory_order_relaxed); }
bool interrupt_requested() noexcept { return requested.load(std::memory_order_relaxed); }
void clear_interrupt() noexcept { requested.store(false, std::memory_order_relaxed); }

}  // namespace gilbench
