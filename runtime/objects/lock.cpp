#include "runtime/objects/lock.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>

#include "runtime/interpreter/errors.h"
#include "runtime/interpreter/thread.h"
#include "runtime/interpreter/world.h"

GILBENCH_BEGIN

namespace {

// Often enough that a run ends soon after it was asked to, seldom enough to cost nothing.
constexpr std::chrono::milliseconds kStep{50};

}  // namespace

bool BlockingLock::release() noexcept {
  std::uint32_t state = state_.load(std::memory_order_relaxed);  // relaxed: the exchange decides
  do {
    if (state == kFree) return false;
    // (K3) release: pairs with (K1) and (K2).
  } while (!state_.compare_exchange_weak(state, kFree, std::memory_order_release,
                                         std::memory_order_relaxed));
  if (state == kHeldWithWaiters) {
    std::unique_lock<std::mutex> guard(mutex_);
    released_.notify_one();
  }
  return true;
}

bool BlockingLock::acquire_slow(const Deadline& deadline) {
  if (deadline && *deadline <= std::chrono::steady_clock::now()) return false;
  Thread& thread = this_thread();
  for (;;) {
    Outcome outcome = Outcome::kInterrupted;
    {
      BlockingRegion region;
      outcome = wait(thread.world, deadline);
    }
    if (outcome != Outcome::kInterrupted) return outcome == Outcome::kAcquired;
    thread.check_interrupt();
  }
}

BlockingLock::Outcome BlockingLock::wait(const World& world, const Deadline& deadline) {
  std::unique_lock<std::mutex> guard(mutex_);
  for (;;) {
    // (K2) acquire: pairs with (K3).
    if (state_.exchange(kHeldWithWaiters, std::memory_order_acquire) == kFree) {
      return Outcome::kAcquired;
    }
    std::chrono::steady_clock::duration step = kStep;
    if (deadline) {
      const auto left = *deadline - std::chrono::steady_clock::now();
      if (left <= left.zero()) break;
      step = std::min(step, left);
    }
    released_.wait_for(guard,
                       std::chrono::nanoseconds(
                           std::chrono::duration_cast<std::chrono::nanoseconds>(step).count()));
    if (world.interrupt_reason() != nullptr) break;
  }
  // The last release may have meant this thread: another one takes its place.
  released_.notify_one();
  return world.interrupt_reason() != nullptr ? Outcome::kInterrupted : Outcome::kTimedOut;
}

std::uint64_t thread_identity() noexcept {
  // Tasks have one OS thread between them.
  if constexpr (kThreadsAreTasks) return reinterpret_cast<std::uintptr_t>(&this_thread());
  return static_cast<std::uint64_t>(pthread_self());
}

GILBENCH_END
