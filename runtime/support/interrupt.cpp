// One lock-free atomic flag: a signal handler may use no other kind.
#include "runtime/support/interrupt.h"

#include <signal.h>

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

void handle_signal(int number, void (*handler)(int), int flags) noexcept {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

void handle_interrupts() noexcept {
  const auto handler = [](int) { request_interrupt(); };
  handle_signal(SIGINT, handler);
  handle_signal(SIGTERM, handler);
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace gilbench
