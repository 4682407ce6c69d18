// Threads: alone. A world has one thread only, so it is always allowed to run. The assertion is the
// whole policy: a second thread in the same world is an error of the launcher.
#pragma once

#include <cassert>
#include <cstdint>

#include "strategies/strategy.h"

namespace gilbench {

struct Alone {
  static constexpr std::int32_t kInstructionsPerCall = 0;

  struct World {
    ThreadControl* only = nullptr;
  };
  struct State {};

  static void configure(World&, const WorldOptions&) noexcept {}
  static void attach(World& world, State&, ThreadControl& control) noexcept {
    assert(world.only == nullptr || world.only == &control);
    world.only = &control;
  }
  static void detach(World& world, State&, ThreadControl&) noexcept { world.only = nullptr; }
  static void on_break(World&, State&, ThreadControl&) noexcept {}
  // There is nobody else.
  static bool stop_world(World&, State&, ThreadControl&) noexcept { return true; }
  static void start_world(World&, State&, ThreadControl&) noexcept {}
};

}  // namespace gilbench
