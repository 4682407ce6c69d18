// Threads: tasks of one OS thread, which take turns (runtime/support/task_loop.h). As under Alone
// there is never a second thread at the same time, so nothing is locked; but where a thread has to
// wait, it is suspended, and the loop goes on with another.
//
// State: `attached`, touched by the one OS thread only.
//
//     nobody -> A   A, in attach(); A -> nobody   A, in detach()
//
// Invariants:
//  - a task that waits is detached: the runtime waits in blocking regions only;
//  - a task that is attached goes on until it waits or ends. Nothing takes the turn away from it: a
//    checkpoint ends a run, but it makes no room for others.
//  - a blocking region without a wait of the loop's (a hash of a long buffer, a file) keeps the
//    turn.
#pragma once

#include <cassert>
#include <cstdint>

#include "runtime/support/task_loop.h"
#include "strategies/strategy.h"

namespace gilbench {

struct EventLoopThreads {
  static constexpr std::int32_t kInstructionsPerCall = 0;

  struct World {
    TaskLoop loop;
    ThreadControl* attached = nullptr;
  };
  struct State {};

  static void configure(World&, const WorldOptions&) noexcept {}
  static void attach(World& world, State&, ThreadControl& control) noexcept {
    assert(world.attached == nullptr);
    world.attached = &control;
  }
  static void detach(World& world, State&, ThreadControl&) noexcept { world.attached = nullptr; }
  static void on_break(World&, State&, ThreadControl&) noexcept {}
  // The others wait, or wait for their turn.
  static bool stop_world(World&, State&, ThreadControl&) noexcept { return true; }
  static void start_world(World&, State&, ThreadControl&) noexcept {}

  static TaskLoop& loop(World& world) noexcept { return world.loop; }
};

}  // namespace gilbench
