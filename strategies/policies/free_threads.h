// Threads: every attached thread runs bytecode, all at the same time. Nothing is waited for; the
// objects must look after themselves (Refs and Locks).
#pragma once

#include "strategies/strategy.h"

namespace gilbench {

struct FreeThreads {
  struct World {};
  struct State {};

  static void configure(World&, const WorldOptions&) noexcept {}
  static void attach(World&, State&, ThreadControl&) noexcept {}
  static void detach(World&, State&, ThreadControl&) noexcept {}
  static void on_instruction(World&, State&, ThreadControl&) noexcept {}
  static void on_break(World&, State&, ThreadControl&) noexcept {}
};

}  // namespace gilbench
