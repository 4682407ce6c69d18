// Locks: a mutex of one byte in every object's header.
//
// WebKit's WTF::Lock (F. Pizlo, "Locking in WebKit", 2016), and CPython's PyMutex (Python/lock.c),
// which PEP 703 puts into each object: threads that have to wait spin first, then sleep in a table
// outside the object (parking_lot.h).
//
// An uncontended lock() is one compare-and-swap, inline. unlock() is a plain store and a check
// whether any thread sleeps anywhere. WebKit's and CPython's locks have a second bit in the byte,
// "somebody sleeps here", so their unlocking is a compare-and-swap, too. Without it one worker of
// cpu/nbody takes 7 % less and of cpu/cycles 12 % less under biased_refcount (Intel Xeon, Sapphire
// Rapids). The price: a thread that goes to sleep makes every processor of the process run a fence,
// 13 us on that machine; with two workers, shared_list under biased_refcount and atomic_append
// under tracing_gc take a quarter more, other contended workloads less than before.
//
// clang-format off
//     0 -> 1   the thread that takes it, in lock()
//     1 -> 0   the holder, in unlock(), which then wakes one of those that sleep at this address
//
// Invariants:
//  - at most one thread is between lock() and unlock() of one object;
//  - no wake-up is lost. A thread goes to sleep only after it has found, under the mutex of its
//    bucket, that the lock is held (P2). So the holder has yet to unlock, and its unlock() wakes
//    one of the sleepers. The woken thread has no priority, since sections are short: it takes the
//    lock, or it finds that another thread came first. Whichever thread then holds the lock wakes
//    the next sleeper when it unlocks.
// clang-format on
//
// A holder never blocks for long (contract I2), so waiting threads stay attached.
#pragma once

#include <atomic>
#include <cstdint>

#include "strategies/policies/locks/parking_lot.h"

namespace gilbench {

// The mutex itself, for Locks policies that add to it.
class ParkingMutex {
 public:
  void lock() noexcept {
    if (!try_lock()) [[unlikely]]
      lock_slow();
  }

  void unlock() noexcept {
    // (M2) release: pairs with (M1). From here on the object may be gone.
    held_.store(0, std::memory_order_release);
    ParkingLot::let_go(this);
  }

  // relaxed: a hint in lock_slow(). Where it decides whether to sleep, (P2) orders it. No data is
  // read through it.
  bool held() const noexcept { return held_.load(std::memory_order_relaxed) != 0; }

 private:
  // Looks before it parks: WebKit's Lock measured 40 as a good value ("Locking in WebKit", 2016).
  static constexpr int kSpins = 40;

  bool try_lock() noexcept {
    std::uint8_t free = 0;
    // (M1) acquire: pairs with (M2); the last holder's writes to the object are seen.
    return held_.compare_exchange_strong(free, 1, std::memory_order_acquire,
                                         std::memory_order_relaxed);
  }

  [[gnu::noinline]] void lock_slow() noexcept {
    for (;;) {
      for (int spins = 0; spins < kSpins; ++spins) {
        if (!held() && try_lock()) return;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
      }
      ParkingLot::park(this, [this] { return held(); });
    }
  }

  std::atomic<std::uint8_t> held_{0};
};

struct ObjectMutex {
  static constexpr bool kLocks = true;
  struct Lock {
    ParkingMutex mutex;
  };

  static void init(auto&) noexcept {}  // a new header's lock is constructed free
  static void lock(auto& h) noexcept { h.lock.mutex.lock(); }
  static void unlock(auto& h) noexcept { h.lock.mutex.unlock(); }
};

}  // namespace gilbench
