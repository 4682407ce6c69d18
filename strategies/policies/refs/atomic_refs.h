// Refs: atomic counts. One integer, changed by atomic read-modify-write instructions, by any
// thread.
//
// The scheme of std::shared_ptr and of the "Gilectomy": correct with no further thought, and every
// object that several threads use becomes a cache line that they fight over. Nothing is exempt
// here: None, small integers, functions and types are counted like the rest, so shared constants
// contend.
#pragma once

#include <atomic>
#include <cstdint>

#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

struct AtomicRefs : SimpleRefs {
  // references held >= 1 while the object lives. 32 bits: the header stays at 16 bytes with the
  // lock.
  struct Count {
    std::atomic<std::uint32_t> references;
  };

  static void init(auto& h) noexcept {
    // relaxed: the object is not shared yet; whatever publishes it orders this store.
    h.count.references.store(1, std::memory_order_relaxed);
  }
  static void retain(auto& h) noexcept {
    // relaxed: the caller already holds the object alive (I3); nothing is read through the count.
    h.count.references.fetch_add(1, std::memory_order_relaxed);
  }
  static bool release(auto& h) noexcept {
    // (A1) acq_rel, pairs with itself in other threads: each releases its accesses to the object,
    // and the one that takes the count to zero acquires them all before it destroys the object.
    return h.count.references.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  static bool unique(auto& h) noexcept {
    // (A2) acquire: pairs with (A1); accesses through references given up elsewhere are over.
    return h.count.references.load(std::memory_order_acquire) == 1;
  }
  // relaxed: asked while the world is stopped, which orders everything; or at any time, for the
  // number alone.
  static std::int64_t references(auto& h) noexcept {
    return h.count.references.load(std::memory_order_relaxed);
  }
  static std::int64_t references_now(auto& h) noexcept { return references(h); }
  static bool dead(auto& h) noexcept { return references(h) == 0; }
};

}  // namespace gilbench
