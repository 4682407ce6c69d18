// Refs: atomic counts and immortal objects. Objects that live as long as their world are not
// counted at all (PEP 683). Retaining None or a small integer is then one load and one compare, and
// no thread takes its cache line from another.
//
// The count is the references held, >= 1 while the object lives, or kImmortal for ever.
#pragma once

#include <atomic>
#include <cstdint>
#include <limits>

#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

struct ImmortalAtomicRefs : SimpleRefs {
  static constexpr bool kImmortals = true;

  struct Count {
    std::atomic<std::uint32_t> references;
  };

  static void init(auto& h) noexcept {
    // relaxed: the object is not shared yet; whatever publishes it orders this store.
    h.count.references.store(1, std::memory_order_relaxed);
  }
  static void retain(auto& h) noexcept {
    if (immortal(h)) return;
    // relaxed: the caller already holds the object alive (I3); nothing is read through the count.
    h.count.references.fetch_add(1, std::memory_order_relaxed);
  }
  static bool release(auto& h) noexcept {
    if (immortal(h)) return false;
    // (T1) acq_rel, pairs with itself in other threads: each releases its accesses to the object,
    // and the one that takes the count to zero acquires them all before it destroys the object.
    return h.count.references.fetch_sub(1, std::memory_order_acq_rel) == 1;
  }
  static bool unique(auto& h) noexcept {
    // (T2) acquire: pairs with (T1); accesses through references given up elsewhere are over.
    return h.count.references.load(std::memory_order_acquire) == 1;
  }
  // relaxed: asked while the world is stopped, which orders everything; or at any time, for the
  // number alone.
  static std::int64_t references(auto& h) noexcept {
    return h.count.references.load(std::memory_order_relaxed);
  }
  // For an immortal object this is kImmortalReferences.
  static std::int64_t references_now(auto& h) noexcept { return references(h); }
  static bool dead(auto& h) noexcept { return references(h) == 0; }

  // Before anybody else knows the object.
  static void make_immortal(auto& h) noexcept {
    h.count.references.store(kImmortal, std::memory_order_relaxed);
  }
  // Its world ends: makes its count say dead.
  static void unmake(auto& h) noexcept { h.count.references.store(0, std::memory_order_relaxed); }
  static bool immortal(auto& h) noexcept {
    // relaxed: kImmortal stays, and no count grows up to it.
    return h.count.references.load(std::memory_order_relaxed) == kImmortal;
  }
  // Nothing is deferred.
  static bool eternal(auto& h) noexcept { return immortal(h); }

 private:
  static constexpr std::uint32_t kImmortal = std::numeric_limits<std::uint32_t>::max();
  static_assert(kImmortal == kImmortalReferences);
};

}  // namespace gilbench
