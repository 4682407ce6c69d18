// Locks: none. Sections compile to nothing: the global lock, or being alone in the process, already
// keeps every other thread out between two checkpoints.
#pragma once

namespace gilbench {

struct NoObjectLocks {
  static constexpr bool kLocks = false;
  struct Lock {};

  static void init(auto&) noexcept {}
  static void lock(auto&) noexcept {}
  static void unlock(auto&) noexcept {}
};

}  // namespace gilbench
