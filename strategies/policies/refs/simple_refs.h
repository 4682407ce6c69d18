// What most Refs policies leave out: nothing is immortal, nothing deferred, no count belongs to a
// thread, and no object is looked at without a lock.
#pragma once

#include "strategies/strategy.h"

namespace gilbench {

struct SimpleRefs {
  static constexpr bool kCounts = true;
  static constexpr bool kReadsDead = false;
  static constexpr bool kImmortals = false;
  static constexpr bool kDefers = false;

  struct Thread {};
  static void start(Thread&, ThreadControl&) noexcept {}
  static void attached(Thread&) noexcept {}
  template <class H, class Destroy>
  static void drain(Thread&, ThreadControl&, Destroy&&) noexcept {}
  template <class H, class Destroy>
  static void leave(Thread&, ThreadControl&, Destroy&&) noexcept {}
  static void remind(Thread&, ThreadControl&) noexcept {}
  template <class H, class Destroy>
  static void end(Thread&, ThreadControl&, Destroy&&) noexcept {}

  static void make_immortal(auto&) noexcept {}
  static void unmake(auto&) noexcept {}
  static void defer(auto&) noexcept {}
  static bool immortal(auto&) noexcept { return false; }
  static bool eternal(auto&) noexcept { return false; }
  static void adopt(auto&) noexcept {}
  static bool try_retain(auto&) noexcept { return false; }
  static bool try_retain_own(auto&) noexcept { return false; }
  static bool alive_own(auto&) noexcept { return false; }
  static void share(auto&) noexcept {}
};

}  // namespace gilbench
