// The base of Refs policies, and default answers for what a policy does not promise.
#pragma once

#include <type_traits>

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/strategy.h"

namespace gilbench {

// Policies inherit this, and override the promises that they keep.
struct SimpleRefs {
  static constexpr bool kCounts = true;
  static constexpr bool kReadsDead = false;
  static constexpr bool kImmortals = false;
  static constexpr bool kDefers = false;
  struct Thread {};
};

// Each supplies the functions of one capability for a policy that does not have it.

template <class Policy>
struct NeverImmortal : Policy {
  static void make_immortal(auto&) noexcept {}
  static void unmake(auto&) noexcept {}
  static bool immortal(auto&) noexcept { return false; }
  static bool eternal(auto&) noexcept { return false; }
};

template <class Policy>
struct NeverDefers : Policy {
  static void defer(auto&) noexcept {}
};

template <class Policy>
struct AlwaysLocked : Policy {
  static bool try_retain(auto&) noexcept { return false; }
  static bool try_retain_own(auto&) noexcept { return false; }
  static bool alive_own(auto&) noexcept { return false; }
  static void share(auto&) noexcept {}
};

template <class Policy>
struct KeepsNothing : Policy {
  using typename Policy::Thread;
  static void start(Thread&, ThreadControl&) noexcept {}
  static void attached(Thread&) noexcept {}
  static void remind(Thread&, ThreadControl&) noexcept {}
  template <class H, class Destroy>
  static void drain(Thread&, ThreadControl&, Destroy&&) noexcept {}
  template <class H, class Destroy>
  static void leave(Thread&, ThreadControl&, Destroy&&) noexcept {}
  template <class H, class Destroy>
  static void end(Thread&, ThreadControl&, Destroy&&) noexcept {}
  static void adopt(auto&) noexcept {}
};

// A policy as the runtime calls it: with an answer to every question.
template <class P>
using WithImmortals = std::conditional_t<HasImmortals<P, NoObjectLocks>, P, NeverImmortal<P>>;
template <class P>
using WithDefers = std::conditional_t<Defers<P, NoObjectLocks>, P, NeverDefers<P>>;
template <class P>
using WithReads = std::conditional_t<ReadsUnlocked<P, NoObjectLocks>, P, AlwaysLocked<P>>;
template <class P>
using WithThreads = std::conditional_t<KeepsThreadState<P, NoObjectLocks>, P, KeepsNothing<P>>;
template <class P>
using CompleteRefs = WithThreads<WithReads<WithDefers<WithImmortals<P>>>>;

}  // namespace gilbench
