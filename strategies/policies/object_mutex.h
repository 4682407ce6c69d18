// Locks: a mutex of one byte in every object's header.
//
// WebKit's WTF::Lock (F. Pizlo, "Locking in WebKit", 2016), and CPython's PyMutex (Python/lock.c),
// which PEP 703 puts into each object: the byte has two bits, and threads that have to wait sleep
// in a table outside (parking_lot.h). To lock and to unlock, where nobody else wants to, is one
// compare-and-swap each, inline. A spin comes before the sleep, as long as nobody sleeps yet.
//
// clang-format off
//     bit 0  held
//     bit 1  parked: a thread sleeps at this address, or is about to
//
//     00 -> 01, 10 -> 11   the thread that takes it, in lock()
//     01 -> 11             a thread about to park, in lock_slow()
//     01 -> 00             the holder, in unlock()
//     11 -> 10             the holder, in unlock(), which wakes one thread while others sleep on
//     11 -> 00             the holder, in unlock(), which wakes the last one, if one sleeps already
//
// Invariants:
//  - exactly one thread is between lock() and unlock() of one object;
//  - while a thread is queued at the address, parked is set: it is set before, and seen to be set as
//    the thread is queued; it is reset only when nobody is queued, both under the bucket's mutex;
//  - no lost wake-up: only the holder leaves 11, and it wakes a thread as it does. That one takes the
//    lock or finds it held by one who came between (who is woken is not served first, as a section
//    is short); either holder sees parked if others still sleep, and wakes the next.
// clang-format on
//
// A holder never blocks for long (contract I2), so waiting threads stay attached.
#pragma once

#include <atomic>
#include <cstdint>

#include "strategies/policies/parking_lot.h"

namespace gilbench {

// The mutex itself, for Locks policies that add to it.
class ParkingMutex {
 public:
  void lock() noexcept {
    std::uint8_t expected = 0;
    // (M1) acquire: pairs with (M3) and (M4); the last holder's writes to the object are seen.
    if (state_.compare_exchange_strong(expected, kHeld, std::memory_order_acquire,
                                       std::memory_order_relaxed)) [[likely]] {
      return;
    }
    lock_slow();
  }

  void unlock() noexcept {
    std::uint8_t expected = kHeld;
    // (M3) release: pairs with (M1) and (M2).
    if (state_.compare_exchange_strong(expected, 0, std::memory_order_release,
                                       std::memory_order_relaxed)) [[likely]] {
      return;
    }
    unlock_slow();
  }

  // relaxed: a hint for tests; nothing is read through it.
  bool held() const noexcept { return (state_.load(std::memory_order_relaxed) & kHeld) != 0; }

 private:
  static constexpr std::uint8_t kHeld = 1, kParked = 2;
  // Spins before it parks: WebKit's Lock measured 40 as a good value ("Locking in WebKit", 2016).
  static constexpr int kSpins = 40;

  [[gnu::noinline]] void lock_slow() noexcept {
    int spins = 0;
    for (;;) {
      // relaxed: the compare-and-swaps decide, and park() looks again.
      std::uint8_t state = state_.load(std::memory_order_relaxed);
      if ((state & kHeld) == 0) {
        // (M2) acquire: pairs with (M3) and (M4).
        if (state_.compare_exchange_weak(state, state | kHeld, std::memory_order_acquire,
                                         std::memory_order_relaxed)) {
          return;
        }
      } else if (state == kHeld && spins < kSpins) {
        ++spins;
#if defined(__x86_64__)
        __builtin_ia32_pause();
#endif
      } else if (state == (kHeld | kParked) || mark_parked()) {
        ParkingLot::park(this, [this] {
          // relaxed: reset under the bucket's mutex, which is held here.
          return state_.load(std::memory_order_relaxed) == (kHeld | kParked);
        });
      }
    }
  }

  bool mark_parked() noexcept {
    std::uint8_t held = kHeld;
    // relaxed: it publishes nothing; the holder's compare-and-swap finds it.
    return state_.compare_exchange_weak(held, kHeld | kParked, std::memory_order_relaxed,
                                        std::memory_order_relaxed);
  }

  [[gnu::noinline]] void unlock_slow() noexcept {
    ParkingLot::unpark_one(this, [this](bool others) {
      // (M4) release: pairs with (M1) and (M2). From here on the object may be gone.
      state_.store(others ? kParked : 0, std::memory_order_release);
    });
  }

  std::atomic<std::uint8_t> state_{0};
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
