// The lock of a program: threading.Lock.
//
// A program may hold its lock for as long as it likes, over bytecode, sleeps and switches of
// threads. So, unlike for an object's section, a thread must not wait for it while attached: under
// a global lock it would keep the holder from ever releasing it. The fast path, one
// compare-and-swap, stays attached; a thread that has to wait detaches first. CPython's lock does
// the same: PyThread_acquire_lock_timed without waiting first, then again without the GIL.
//
// State word:
//
//     bit 0      waited for: somebody may wait (never set while free)
//     bit 1      owned: to be released by its holder alone (RLock; a Lock entered by a function's
//                `with`, but not by a generator's: deadlock.h)
//     bits 2..   the holder's Thread::number
//     0          free: no thread has the number 0
//
// Who moves it:
//  - 0 -> held: the thread that takes it. After a wait it sets bit 0, because it cannot know
//    whether others still wait; at the most it wakes one for nothing.
//  - bit 0: set by a thread about to wait, under `mutex_`.
//  - held -> 0: whoever releases it, which in Python may be any thread. Where bit 0 was set it
//    wakes one waiter.
//
// Why no wake-up is lost: a thread waits only after bit 0 was set in a word that was not free, by
// itself or by another, under `mutex_`. So the release that ends its wait sees the bit, takes
// `mutex_` later (the waiter gives it up only inside wait_for), and finds the thread waiting. A
// wake-up that reaches a thread whose time has run out at the same moment is passed on: see wait().
//
// The holder's number is there for reports of deadlocks (deadlock.h), and costs nothing: it is part
// of the word that is swapped anyway. Waiting ends every kStep, to look for a deadlock again and to
// see whether the run is to be ended (World::interrupt).
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>

#include "runtime/program/program.h"
#include "runtime/values/ref.h"
#include "runtime/world/thread.h"
#include "runtime/world/waiting.h"

GILBENCH_BEGIN

struct World;

using Deadline = std::optional<std::chrono::steady_clock::time_point>;  // none: for ever

// How a lock is taken: who may release it.
enum class Hold : std::uint32_t { kLent = 0, kOwned = 2 };

struct LockHolder {
  std::uint32_t thread;  // Thread::number; 0: it is free
  bool owned;
};

// The mechanism alone, for Lock and RLock.
class BlockingLock {
 public:
  bool try_acquire(Hold hold) noexcept {
    std::uint32_t expected = kFree;
    // (K1) acquire: pairs with (K3); what the last holder wrote is seen.
    return state_.compare_exchange_strong(expected, held_by_this_thread(hold),
                                          std::memory_order_acquire, std::memory_order_relaxed);
  }

  // Attached. False when the time ran out. Raises when the run is to be ended, and where the wait
  // would be part of a deadlock; then it is not held.
  bool acquire(const Deadline& deadline, Hold hold) {
    return try_acquire(hold) || acquire_slow(deadline, hold);
  }

  // False when it was not held.
  bool release() noexcept;

  // relaxed, both: the answer may be old when it arrives, as in CPython. deadlock.h argues when it
  // is exact. Whether this thread holds an owned lock, only this thread changes.
  bool held() const noexcept { return state_.load(std::memory_order_relaxed) != kFree; }
  LockHolder holder() const noexcept {
    const std::uint32_t state = state_.load(std::memory_order_relaxed);
    return {state >> kHolderShift, (state & static_cast<std::uint32_t>(Hold::kOwned)) != 0};
  }

  // For reports: "Lock 2 (made in setup)".
  void set_name(const char* type);
  std::string name() const;

 private:
  static constexpr std::uint32_t kFree = 0;
  static constexpr std::uint32_t kWaitedFor = 1;
  static constexpr int kHolderShift = 2;
  enum class Outcome { kAcquired, kTimedOut, kInterrupted, kDeadlock };

  static std::uint32_t held_by_this_thread(Hold hold) noexcept {
    return this_thread().number << kHolderShift | static_cast<std::uint32_t>(hold);
  }
  bool acquire_slow(const Deadline& deadline, Hold hold);
  // Detached. `taken`: the state word of a lock that the thread holds.
  Outcome wait(Thread& thread, const Deadline& deadline, std::uint32_t taken,
               std::string* deadlock);
  bool take_or_mark(std::uint32_t taken) noexcept;

  std::atomic<std::uint32_t> state_{kFree};
  std::mutex mutex_;  // serialises waiting with waking; guards nothing else
  WaitCondition released_;
  // Set before the lock is shared, constant from there on.
  const char* type_ = "";
  std::uint32_t number_ = 0;
  const Code* made_in_ = nullptr;
};

// The identity of the calling thread: threading.get_ident(). Never 0.
std::uint64_t thread_identity() noexcept;

GILBENCH_END
