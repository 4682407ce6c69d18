// Refs: plain counts. One integer, changed without any synchronization.
//
// Right only where one thread at a time touches objects: under a global lock, or alone in a
// process. The optimiser sees ordinary memory and removes a retain that a release undoes; with
// atomic counts it may not. Part of the distance between the two in the results is this lost
// optimisation.
#pragma once

#include <cstdint>

#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

struct PlainRefs : SimpleRefs {
  // references held >= 1 while the object lives.
  struct Count {
    std::int64_t references;
  };

  static void init(auto& h) noexcept { h.count.references = 1; }
  static void retain(auto& h) noexcept { ++h.count.references; }
  static bool release(auto& h) noexcept { return --h.count.references == 0; }
  static bool unique(auto& h) noexcept { return h.count.references == 1; }
  static std::int64_t references(auto& h) noexcept { return h.count.references; }
  static std::int64_t references_now(auto& h) noexcept { return references(h); }
  static bool dead(auto& h) noexcept { return h.count.references == 0; }
};

}  // namespace gilbench
