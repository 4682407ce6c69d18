// Threads: one lock per world, let go every 100 bytecodes: Python 2's (Python/ceval.c,
// `_Py_Ticker`; D. Beazley, "Inside the Python GIL", 2009, and "Understanding the Python GIL",
// 2010).
//
// The lock is a plain binary lock, and the running thread counts. After kInstructionsPerCall
// bytecodes it releases and at once acquires again, whether or not anybody waits: it does not know.
// A waiting thread sleeps without a time limit and cannot ask for anything.
//
// clang-format off
// State: `locked`, under `mutex`.
//
//     free -> held(A)   A, in attach() or in the second half of a tick, when it sees !locked
//     held(A) -> free   A only, in detach() or in the first half of a tick: wakes one waiter
//
// After held(A) -> free the first thread that comes takes the lock, and that is nearly always A:
// the waiter has been made runnable, but A is hot on its core and needs nanoseconds where a wake-up
// needs microseconds. Then the waiter finds the lock taken and sleeps again, woken for nothing
// every 100 bytecodes. On one core the kernel's time slice decides who goes on; on several cores
// the threads fight over the lock all the time (the convoy and the signalling battle that Beazley
// measured: two threads take longer than one after the other). Nothing here softens that;
// global_lock's forced switching does.
//
// Invariants:
//  - at most one thread is attached to a world: locked == (exactly one thread is attached);
//  - no lost wake-up: a waiter tests `locked` under `mutex` before it sleeps, and every held -> free
//    edge is made under `mutex` and followed by a signal. A signal whose waiter finds the lock taken
//    is not lost either: that holder will let go as well.
// clang-format on
#pragma once

#include <condition_variable>
#include <cstdint>

#include "runtime/support/annotated_mutex.h"
#include "strategies/policies/threads/wait_for_turn.h"
#include "strategies/strategy.h"

namespace gilbench {

struct TickLockThreads {
  // sys.getcheckinterval() of Python 2.3 to 2.7 (before: 10). Python 2 counts in one variable for
  // all, which only the holder of the lock may touch; counting for each thread is the same and
  // needs no lock.
  static constexpr std::int32_t kInstructionsPerCall = 100;

  struct World {
    Mutex mutex;
    std::condition_variable released;  // locked became false
    bool locked GILBENCH_GUARDED_BY(mutex) = false;
  };
  struct State {};

  static void configure(World&, const WorldOptions&) noexcept {}

  static void attach(World& world, State&, ThreadControl& control) {
    MutexGuard guard(world.mutex);
    if (world.locked) {
      const WaitForTurn wait(control);
      while (world.locked) world.released.wait(guard.native());
    }
    world.locked = true;
  }

  static void detach(World& world, State&, ThreadControl&) {
    {
      const MutexGuard guard(world.mutex);
      world.locked = false;
    }
    // After the mutex, as in Python 2, so that the waiter does not wake only to wait for the mutex.
    world.released.notify_one();
  }

  static void on_instructions(World& world, State& state, ThreadControl& control) noexcept {
    detach(world, state, control);
    attach(world, state, control);
  }

  // Nobody ever asks for the lock; interrupts are the runtime's own.
  static void on_break(World&, State&, ThreadControl&) noexcept {}

  // The holder of the lock has stopped the world for as long as it executes no bytecode.
  static bool stop_world(World&, State&, ThreadControl&) noexcept { return true; }
  static void start_world(World&, State&, ThreadControl&) noexcept {}
};

}  // namespace gilbench
