// Threads: one lock per world, CPython's design since 3.2 (A. Pitrou, 2009; Python/ceval_gil.c).
//
// The lock is not a mutex held while bytecode runs, but a boolean under a mutex and a condition
// variable, so that a waiting thread can wait with a time limit and so that the holder can see that
// somebody waits.
//
// clang-format off
// State: `locked`, `holder`, `switches`, all under `mutex`.
//
//     free -> held(A)   A, in attach(), when it sees !locked: locked = true, holder = A, ++switches
//     held(A) -> free   A only, in detach() or on_break(): locked = false, wakes one waiter
//
// A waiting thread B sleeps on `released` for the switch interval. If it wakes by timeout and the
// lock has not changed hands meanwhile, B sets kBreakDropLock in the holder's breaker; the holder
// sees it at its next checkpoint, drops the lock, and waits on `taken` until `switches` shows that
// another thread has had it (forced switching). Without that wait the holder, still hot on its core,
// would take the lock back before the waiter wakes: the convoy that Beazley measured on Python 2.
//
// Invariants:
//  - at most one thread is attached to a world: locked == (exactly one thread is attached);
//  - a request reaches only a thread that is the holder at that moment (both under `mutex`), and the
//    holder withdraws it when it lets go, so it never carries over to the next time it holds;
//  - no lost wake-up: `released` is signalled under `mutex` at each held -> free edge, and a waiter
//    tests `locked` under the same mutex before it sleeps; likewise `taken` at each free -> held edge.
// clang-format on
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>

#include "runtime/support/annotated_mutex.h"
#include "strategies/policies/threads/wait_for_turn.h"
#include "strategies/strategy.h"

namespace gilbench {

struct GlobalLockThreads {
  static constexpr std::int32_t kInstructionsPerCall = 0;

  struct World {
    Mutex mutex;
    std::condition_variable released;  // locked became false
    std::condition_variable taken;     // switches grew
    bool locked GILBENCH_GUARDED_BY(mutex) = false;
    ThreadControl* holder GILBENCH_GUARDED_BY(mutex) = nullptr;  // null when free
    std::uint64_t switches GILBENCH_GUARDED_BY(mutex) = 0;       // times the lock was taken
    int waiting GILBENCH_GUARDED_BY(mutex) = 0;                  // threads inside attach()
    std::chrono::microseconds switch_interval{5000};             // fixed before threads start
  };
  struct State {};

  static void configure(World& world, const WorldOptions& options) {
    world.switch_interval = options.switch_interval;
  }

  static void attach(World& world, State&, ThreadControl& control) {
    MutexGuard guard(world.mutex);
    take(world, control, guard);
  }

  static void detach(World& world, State&, ThreadControl& control) {
    const MutexGuard guard(world.mutex);
    drop(world, control);
  }

  // How many threads wait for the lock.
  static int waiting(World& world) {
    const MutexGuard guard(world.mutex);
    return world.waiting;
  }

  static void on_break(World& world, State&, ThreadControl& control) {
    if (!control.taken(kBreakDropLock)) return;
    MutexGuard guard(world.mutex);
    const std::uint64_t seen = world.switches;
    drop(world, control);
    const WaitForTurn wait(control);
    // Forced switching: wait until a waiter has taken the lock. Nobody waits any more if an earlier
    // drop (a blocking region since the request) has served the thread that asked.
    while (world.switches == seen && world.waiting > 0) world.taken.wait(guard.native());
    take(world, control, guard);
  }

  // The holder of the lock has stopped the world: no other thread is attached, and none attaches
  // before the holder passes a checkpoint.
  static bool stop_world(World&, State&, ThreadControl&) noexcept { return true; }
  static void start_world(World&, State&, ThreadControl&) noexcept {}

 private:
  static void take(World& world, ThreadControl& control, MutexGuard<>& guard)
      GILBENCH_REQUIRES(world.mutex) {
    if (world.locked) wait_until_free(world, control, guard);
    world.locked = true;
    world.holder = &control;
    ++world.switches;
    world.taken.notify_all();
  }

  static void wait_until_free(World& world, ThreadControl& control, MutexGuard<>& guard)
      GILBENCH_REQUIRES(world.mutex) {
    const WaitForTurn wait(control);
    ++world.waiting;
    while (world.locked) {
      const std::uint64_t seen = world.switches;
      const bool timed_out =
          world.released.wait_for(guard.native(), world.switch_interval) == std::cv_status::timeout;
      // Ask only a holder that has had the lock for a whole interval.
      if (timed_out && world.locked && world.switches == seen) {
        world.holder->request(kBreakDropLock);
      }
    }
    --world.waiting;
  }

  static void drop(World& world, ThreadControl& control) GILBENCH_REQUIRES(world.mutex) {
    control.taken(kBreakDropLock);  // withdrawn: it asked for what happens now
    world.locked = false;
    world.holder = nullptr;
    world.released.notify_one();
  }
};

}  // namespace gilbench
