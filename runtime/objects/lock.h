// The lock of a program: threading.Lock.
//
// A program's lock is held for as long as the program likes, over bytecode, sleeps and switches of
// threads: unlike an object's section it may not be waited for while attached, or under a global
// lock the waiting thread would keep the holder from ever letting go. So the fast path, one
// compare-and-swap, stays attached, and everybody who has to wait detaches first. CPython's lock
// does the same: PyThread_acquire_lock_timed without waiting first, then again without the GIL.
//
// State word:
//
//     0  free
//     1  held, nobody waits
//     2  held, somebody may wait
//
// Who moves it: 0 -> 1 the thread that takes it on the fast path. 1 -> 2 and 2 -> 2 a thread about
// to wait, under `mutex`. 0 -> 2 a thread that takes it after waiting: it cannot know whether
// others still wait, so it keeps the mark and wakes one for nothing at the most. 1 -> 0 and 2 -> 0
// whoever releases it, which in Python may be any thread; in the second case it wakes one waiter.
//
// Why no wake-up is lost: a thread waits only after it has stored 2 itself, under `mutex`, and the
// lock was not free at that moment. So the release that ends its wait sees 2, takes `mutex` after
// it (the waiter gives it up only inside wait_for) and finds it waiting. A wake that reaches a
// thread whose time has run out at the same moment is passed on: see wait().
//
// Waiting ends every kStep all the same, to see whether the run is to be ended (World::interrupt),
// so that a deadlock of a program ends at its time limit.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>

#include "runtime/interpreter/waiting.h"
#include "runtime/objects/ref.h"

GILBENCH_BEGIN

struct World;

using Deadline = std::optional<std::chrono::steady_clock::time_point>;  // none: for ever

// The mechanism alone, for Lock and RLock.
class BlockingLock {
 public:
  bool try_acquire() noexcept {
    std::uint32_t expected = kFree;
    // (K1) acquire: pairs with (K3); what the last holder wrote is seen.
    return state_.compare_exchange_strong(expected, kHeld, std::memory_order_acquire,
                                          std::memory_order_relaxed);
  }

  // Attached. False when the time ran out. Raises when the run is to be ended; then it is not held.
  bool acquire(const Deadline& deadline) { return try_acquire() || acquire_slow(deadline); }

  // False when it was not held.
  bool release() noexcept;

  // relaxed: an answer that may be old when it arrives, as CPython's.
  bool held() const noexcept { return state_.load(std::memory_order_relaxed) != kFree; }

 private:
  enum State : std::uint32_t { kFree = 0, kHeld = 1, kHeldWithWaiters = 2 };
  enum class Outcome { kAcquired, kTimedOut, kInterrupted };

  bool acquire_slow(const Deadline& deadline);
  Outcome wait(const World& world, const Deadline& deadline);  // detached

  std::atomic<std::uint32_t> state_{kFree};
  std::mutex mutex_;  // serialises waiting with waking; guards nothing else
  WaitCondition released_;
};

struct Lock : Object {
  BlockingLock lock;
};

// A lock that its holder may take again.
struct RLock : Object {
  BlockingLock lock;
  std::atomic<std::uint64_t> owner{0};  // relaxed: compared only with the reader's own identity
  std::uint64_t depth = 0;              // touched only by the owner
};

namespace types {
extern const Type lock, rlock;
}  // namespace types

// The identity of the calling thread: threading.get_ident(). Never 0.
std::uint64_t thread_identity() noexcept;

// The classes of both, as threading makes them on its first import.
void define_lock_classes(World& world);
Ref<> make_lock();
Ref<> make_rlock();

GILBENCH_END
