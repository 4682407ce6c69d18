// Refs: nothing is counted. A reference is a plain pointer, and retain and release are no
// instructions at all. A collector stops the world and follows the pointers from the roots to find
// which objects still matter (runtime/memory/tracing/).
//
// Instead of a count the header holds the colour that the collector needs: four bytes that fill the
// gap before the lock, so the header stays at 16 bytes.
//
// clang-format off
// Count::colour:
//
//     0 free      no object: a block that was never used, or that a sweep has given back
//     1 white     an object that no mark has reached since the last sweep of its chunk, new ones too
//     2 black     an object that this collection's mark has reached
//     3 condemned a dead class: unreachable, but dead instances may still name it as their type
//
//     free      -> white      the thread that allocates it, in init()
//     white     -> black      the collecting thread, in mark(), while the world is stopped
//     black     -> white      the thread that sweeps its chunk, in sweep()
//     white     -> free       likewise; or the collecting thread, for what is not in a chunk
//     white     -> condemned  likewise, for a class
//     condemned -> free       the collecting thread, before the next mark
// clang-format on
//
// Invariants:
//  - accesses of different threads to one colour are ordered, so it is a plain integer: a chunk is
//    swept by the one thread that was given it under a mutex; a block is allocated by the thread
//    whose list it is on, and only a sweep or fresh memory puts it there; a mark runs alone.
//  - when a mark begins every chunk has been swept: there is no black and no condemned object.
#pragma once

#include <cstdint>

#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

struct TracingRefs : SimpleRefs {
  static constexpr bool kCounts = false;

  enum Colour : std::uint32_t { kFree = 0, kWhite = 1, kBlack = 2, kCondemned = 3 };

  struct Count {
    std::uint32_t colour;
  };

  static void init(auto& h) noexcept { h.count.colour = kWhite; }
  static void retain(auto&) noexcept {}
  static bool release(auto&) noexcept { return false; }
  // Not known: other threads may hold pointers.
  static bool unique(auto&) noexcept { return false; }
  // For readers without a lock: the object lives at least until their next checkpoint.
  static bool try_retain(auto&) noexcept { return true; }
  static bool try_retain_own(auto&) noexcept { return true; }
  static bool alive_own(auto&) noexcept { return true; }
  static void share(auto&) noexcept {}
  // As if by one reference from somewhere: no more is known.
  static std::int64_t references(auto& h) noexcept { return dead(h) ? 0 : 1; }
  // Nobody counts.
  static std::int64_t references_now(auto&) noexcept { return 0; }
  static bool dead(auto& h) noexcept { return h.count.colour == kFree; }

  // ---- for the collector ----

  // True the first time that this mark reaches the object.
  static bool mark(auto& h) noexcept {
    if (h.count.colour != kWhite) return false;
    h.count.colour = kBlack;
    return true;
  }
  static bool reached(auto& h) noexcept { return h.count.colour == kBlack; }
  // Sweeps one block: true when no mark has reached the object; a reached one turns white.
  static bool sweep(auto& h) noexcept {
    if (h.count.colour != kBlack) return h.count.colour == kWhite;
    h.count.colour = kWhite;
    return false;
  }
  static void condemn(auto& h) noexcept { h.count.colour = kCondemned; }
  static void set_free(auto& h) noexcept { h.count.colour = kFree; }
};

}  // namespace gilbench
