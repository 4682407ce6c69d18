// Refs and Locks: a lock in every object that guards its count as well as its contents.
//
// The count needs a lock of its own beside the contents' mutex. With one lock for both, a thread
// that reads a list item would hold the list's lock and take the item's to count it. Two threads
// that read two lists which contain each other could then wait for each other for ever. So an
// object's lock has two parts, and the order between them makes a cycle of waiting impossible:
//
//     mutex   guards the contents; taken by a section; may be held while a latch is taken
//     latch   guards the count; held for one addition; nothing is ever taken while it is held
//
// Latch values: 0 free, 1 held. Only the holder moves it 1 -> 0. It is never held across a wait, so
// a waiting thread spins, and gives up its time slice when the holder seems to have lost its own.
#pragma once

#include <sched.h>

#include <atomic>
#include <cstdint>

#include "runtime/support/force_inline.h"
#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

class SpinLatch {
 public:
  void lock() noexcept {
    // (L1) acquire: pairs with (L2); the last holder's change of the count is seen.
    while (held_.exchange(1, std::memory_order_acquire) != 0) wait();
  }
  // (L2) release: pairs with (L1).
  void unlock() noexcept { held_.store(0, std::memory_order_release); }

 private:
  [[gnu::noinline]] void wait() noexcept {
    // 40 looks, as ParkingMutex spins, then a yield: on few cores the holder may be waiting to run.
    for (int i = 0; i < 40; ++i) {
      // relaxed: only a reason to try again; the exchange above takes the latch.
      if (held_.load(std::memory_order_relaxed) == 0) return;
#if defined(__x86_64__)
      __builtin_ia32_pause();
#endif
    }
    sched_yield();
  }

  std::atomic<std::uint8_t> held_{0};
};

struct LatchedMutex {
  static constexpr bool kLocks = true;
  struct Lock {
    ParkingMutex mutex;
    SpinLatch latch;
  };

  static void init(auto&) noexcept {}
  static void lock(auto& h) noexcept { h.lock.mutex.lock(); }
  static void unlock(auto& h) noexcept { h.lock.mutex.unlock(); }
};

// The count is a plain integer under the latch of LatchedMutex.
struct LatchedRefs : SimpleRefs {
  // references held >= 1 while the object lives. Guarded by the object's latch.
  struct Count {
    std::uint32_t references;
  };

  static void init(auto& h) noexcept { h.count.references = 1; }  // not shared yet
  GILBENCH_INLINE static void retain(auto& h) noexcept {
    h.lock.latch.lock();
    ++h.count.references;
    h.lock.latch.unlock();
  }
  static bool release(auto& h) noexcept {
    h.lock.latch.lock();
    const bool last = --h.count.references == 0;
    h.lock.latch.unlock();
    return last;
  }
  static bool unique(auto& h) noexcept {
    h.lock.latch.lock();
    const bool one = h.count.references == 1;
    h.lock.latch.unlock();
    return one;
  }
  // Without the latch: asked while the world is stopped.
  static std::int64_t references(auto& h) noexcept { return h.count.references; }
  static std::int64_t references_now(auto& h) noexcept {
    h.lock.latch.lock();
    const std::int64_t count = h.count.references;
    h.lock.latch.unlock();
    return count;
  }
  static bool dead(auto& h) noexcept { return references(h) == 0; }
};

}  // namespace gilbench
