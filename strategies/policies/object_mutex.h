// Locks: a mutex in every object's header.
//
// A 32-bit word that a waiting thread parks on (the kernel's futex, by std::atomic::wait), after
// U. Drepper, "Futexes Are Tricky" (2004), the second mutex, and with the bounded spin of WebKit's
// WTF::Lock before parking. Its values:
//
//     0  free
//     1  held, nobody parked
//     2  held, somebody may be parked
//
// Who moves it: 0 -> 1 the thread that takes it on the fast path. 1 -> 2 and 2 -> 2 a thread about
// to park. 0 -> 2 a thread that took it after waiting (it cannot know whether others still park, so
// it keeps the mark: one needless wake at the most). 1 -> 0 and 2 -> 0 only the holder, who wakes
// one parked thread in the second case.
//
// Invariants: exactly one thread is between lock() and unlock() of one object. A thread parks only
// after it has stored 2 itself, and parks only while the value is 2; so the unlock that ends the
// wait sees 2 and wakes it: no wake-up is lost.
//
// A holder never blocks for long (contract I2), so waiting threads stay attached.
#pragma once

#include <atomic>
#include <cstdint>

namespace gilbench {

// The mutex itself, for Locks policies that add to it.
class ParkingMutex {
 public:
  void lock() noexcept {
    std::uint32_t expected = 0;
    // (M1) acquire: pairs with (M3); the last holder's writes to the object are seen.
    if (word_.compare_exchange_strong(expected, 1, std::memory_order_acquire,
                                      std::memory_order_relaxed)) [[likely]] {
      return;
    }
    lock_slow();
  }

  void unlock() noexcept {
    // (M3) release: pairs with (M1) and (M2).
    if (word_.exchange(0, std::memory_order_release) == 2) [[unlikely]]
      word_.notify_one();
  }

  // relaxed: a hint for tests; nothing is read through it.
  bool held() const noexcept { return word_.load(std::memory_order_relaxed) != 0; }

 private:
  // Spins before it parks: WebKit's Lock measured 40 as a good value ("Locking in WebKit", 2016).
  static constexpr int kSpins = 40;

  [[gnu::noinline]] void lock_slow() noexcept {
    for (int i = 0; i < kSpins; ++i) {
      std::uint32_t expected = 0;
      // relaxed load first: spin on a shared cache line, try to take it only when it looks free.
      if (word_.load(std::memory_order_relaxed) == 0 &&
          word_.compare_exchange_weak(expected, 1, std::memory_order_acquire,  // as (M1)
                                      std::memory_order_relaxed)) {
        return;
      }
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    // (M2) acquire: pairs with (M3).
    while (word_.exchange(2, std::memory_order_acquire) != 0) {
      word_.wait(2, std::memory_order_relaxed);  // relaxed: the exchange above decides
    }
  }

  std::atomic<std::uint32_t> word_{0};
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
