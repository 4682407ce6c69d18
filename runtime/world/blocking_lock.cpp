// The slow path: detach, mark the lock as waited for, and sleep in steps of 50 ms. Each step looks
// for the end of the run and, where there is no deadline, for a deadlock.
#include "runtime/world/blocking_lock.h"

#include <pthread.h>

#include <algorithm>
#include <chrono>

#include "runtime/world/frame.h"
#include "runtime/world/raise.h"
#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

// Often enough that a run ends and a deadlock is found soon, seldom enough to cost nothing.
constexpr std::chrono::milliseconds kStep{50};

}  // namespace

bool BlockingLock::release() noexcept {
  std::uint32_t state = state_.load(std::memory_order_relaxed);  // relaxed: the exchange decides
  do {
    if (state == kFree) return false;
    // (K3) release: pairs with (K1) and (K2).
  } while (!state_.compare_exchange_weak(state, kFree, std::memory_order_release,
                                         std::memory_order_relaxed));
  if ((state & kWaitedFor) != 0) {
    std::unique_lock<std::mutex> guard(mutex_);
    released_.notify_one();
  }
  return true;
}

bool BlockingLock::acquire_slow(const Deadline& deadline, Hold hold) {
  if (deadline && *deadline <= std::chrono::steady_clock::now()) return false;
  Thread& thread = this_thread();
  const std::uint32_t taken = held_by_this_thread(hold) | kWaitedFor;
  std::string deadlock;
  for (;;) {
    Outcome outcome = Outcome::kInterrupted;
    {
      BlockingRegion region;
      outcome = wait(thread, deadline, taken, &deadlock);
    }
    if (outcome == Outcome::kDeadlock) raise(X::RuntimeError, deadlock);
    if (outcome != Outcome::kInterrupted) return outcome == Outcome::kAcquired;
    thread.check_interrupt();
  }
}

// Takes the lock if it is free; else marks it as waited for.
bool BlockingLock::take_or_mark(std::uint32_t taken) noexcept {
  std::uint32_t state = state_.load(std::memory_order_relaxed);  // relaxed: the exchange decides
  for (;;) {
    if (state != kFree && (state & kWaitedFor) != 0) return false;
    const std::uint32_t wanted = state == kFree ? taken : state | kWaitedFor;
    // (K2) acquire: pairs with (K3).
    if (state_.compare_exchange_weak(state, wanted, std::memory_order_acquire,
                                     std::memory_order_relaxed)) {
      return state == kFree;
    }
  }
}

BlockingLock::Outcome BlockingLock::wait(Thread& thread, const Deadline& deadline,
                                         std::uint32_t taken, std::string* deadlock) {
  World& world = thread.world;
  Outcome outcome = Outcome::kTimedOut;
  std::unique_lock<std::mutex> guard(mutex_);
  for (;;) {
    if (take_or_mark(taken)) return Outcome::kAcquired;
    std::chrono::steady_clock::duration step = kStep;
    if (deadline) {
      const auto left = *deadline - std::chrono::steady_clock::now();
      if (left <= left.zero()) break;
      step = std::min(step, left);
    } else {
      *deadlock = world.waits_for.begin_wait(thread, *this);
      if (!deadlock->empty()) {
        outcome = Outcome::kDeadlock;
        break;
      }
    }
    try {
      released_.wait_for(guard,
                         std::chrono::nanoseconds(
                             std::chrono::duration_cast<std::chrono::nanoseconds>(step).count()));
    } catch (...) {  // no memory for a waiter: nobody may take it for one
      if (!deadline) world.waits_for.end_wait(thread);
      released_.notify_one();
      throw;
    }
    if (!deadline) world.waits_for.end_wait(thread);
    if (world.interrupt_reason() != nullptr) {
      outcome = Outcome::kInterrupted;
      break;
    }
  }
  // The last release may have meant this thread: another one takes its place.
  released_.notify_one();
  return outcome;
}

void BlockingLock::set_name(const char* type) {
  Thread& thread = this_thread();
  type_ = type;
  number_ = thread.world.waits_for.next_lock_number();
  made_in_ = thread.frame == nullptr ? nullptr : thread.frame->code;
}

std::string BlockingLock::name() const {
  std::string name = type_ + (" " + std::to_string(number_));
  return made_in_ == nullptr ? name : name + " (made in " + made_in_->name + ")";
}

std::uint64_t thread_identity() noexcept {
  // Tasks have one OS thread between them.
  if (threads_are_tasks()) return reinterpret_cast<std::uintptr_t>(&this_thread());
  return static_cast<std::uint64_t>(pthread_self());
}

GILBENCH_END
