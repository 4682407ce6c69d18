// Refs: counts torn on purpose. They show what becomes of a plain count when threads run together
// without a lock, without the corruption that would follow.
//
// `++count` is a load, an addition and a store. Two threads that interleave them lose one of two
// updates. A count that is too high never reaches zero: a leak. One that is too low reaches zero
// while the object is in use: freed memory that somebody reads and writes. Here `torn` is that
// count: its load and its store are separate relaxed operations, like those of a plain increment.
// Beside it `exact` counts by atomic read-modify-write, and it alone decides when an object is
// destroyed. So the program goes on unharmed, and what would have happened can be counted:
//  - freed_while_in_use: objects whose torn count came to zero while somebody else still held a
//    reference, or came to zero twice (a second free). Each object counts once.
//  - leaked_by_lost_updates: objects that died with a torn count that had never been zero. The
//    runtime keeps them in quarantine, so that the leak shows (memory/quarantine.h).
//  - lost_count_updates: the sum of |torn| over the objects that died. At least that many updates
//    were lost: one too many and one too few cancel each other out.
//
// clang-format off
// exact, one word:
//     bit 0        said dead: a release brought torn to zero
//     bit 1        told: the object has been counted as freed_while_in_use
//     bits 2..17   releases under way: begun, and their references not yet given up
//     bits 18..    references held
// clang-format on
//
// Every thread moves it: retain adds a reference, then adds to torn. release adds a release under
// way, takes from torn, then takes the release and the reference away together.
//
// Why every finding is a lost update. Let U be the references less the releases under way, and let
// k retains be between their two halves. While no update has been lost, torn is 1 + retains done -
// releases that have taken from torn, so torn >= U - k. Each retain under way copies a reference
// that nobody has begun to give up (I3), so k > 0 means U > k. Thus torn = 0 means U = 0, and a
// thread that finds torn = 0 and U > 0 has seen a lost update.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <string>

#include "strategies/policies/refs/simple_refs.h"

namespace gilbench {

struct TornRefs : SimpleRefs {
  struct Count {
    std::atomic<std::uint64_t> exact;
    std::atomic<std::int32_t> torn;
  };

  static void init(auto& h) noexcept {
    // relaxed: the object is not shared yet; whatever publishes it orders these stores.
    h.count.exact.store(kReference, std::memory_order_relaxed);
    h.count.torn.store(1, std::memory_order_relaxed);
  }

  static void retain(auto& h) noexcept {
    // relaxed: the caller already holds the object alive (I3); nothing is read through the count.
    h.count.exact.fetch_add(kReference, std::memory_order_relaxed);
    add_torn(h, 1);
  }

  static bool release(auto& h) noexcept {
    // relaxed: this thread's own reference keeps the object until (U1).
    h.count.exact.fetch_add(kReleasing, std::memory_order_relaxed);
    if (add_torn(h, -1) == 0) said_dead(h);
    // (U1) acq_rel, pairs with itself in other threads: each releases its accesses to the object,
    // and the one that takes the references to zero acquires them all before it destroys the
    // object.
    const std::uint64_t before =
        h.count.exact.fetch_sub(kReference + kReleasing, std::memory_order_acq_rel);
    if (before >> kReferenceShift != 1) return false;
    // relaxed: all threads that wrote it have passed (U1).
    if (const std::int32_t torn = h.count.torn.load(std::memory_order_relaxed); torn != 0) {
      add(findings_.lost_updates, torn < 0 ? -torn : torn);
      if (leaked(h)) add(findings_.leaked, 1);
    }
    return true;
  }

  static bool unique(auto& h) noexcept {
    // (U2) acquire: pairs with (U1); accesses through references given up elsewhere are over.
    return h.count.exact.load(std::memory_order_acquire) >> kReferenceShift == 1;
  }
  // relaxed: asked while the world is stopped, which orders everything.
  static std::int64_t references(auto& h) noexcept {
    return static_cast<std::int64_t>(h.count.exact.load(std::memory_order_relaxed) >>
                                     kReferenceShift);
  }
  // The torn count: what a plain one would say. relaxed: for the number alone.
  static std::int64_t references_now(auto& h) noexcept {
    return h.count.torn.load(std::memory_order_relaxed);
  }
  static bool dead(auto& h) noexcept { return references(h) == 0; }

  // Whether an object's torn count would have kept it for ever, asked after its last release.
  static bool leaked(auto& h) noexcept {
    // relaxed, both: nobody else has the object any more.
    return h.count.torn.load(std::memory_order_relaxed) > 0 &&
           (h.count.exact.load(std::memory_order_relaxed) & kSaidDead) == 0;
  }

  // What was found since the last call. Called while no other thread runs.
  static std::map<std::string, double> take_metrics() {
    return {{"lost_count_updates", take(findings_.lost_updates)},
            {"leaked_by_lost_updates", take(findings_.leaked)},
            {"freed_while_in_use", take(findings_.freed_in_use)}};
  }

 private:
  static constexpr std::uint64_t kSaidDead = 1;
  static constexpr std::uint64_t kTold = 2;
  static constexpr std::uint64_t kReleasing = 4;
  static constexpr int kReferenceShift = 18;
  static constexpr std::uint64_t kReference = std::uint64_t{1} << kReferenceShift;

  struct Findings {
    std::atomic<std::int64_t> lost_updates, leaked, freed_in_use;  // zero at first
  };
  static inline Findings findings_;

  // relaxed, both: statistics; no other data is read through them.
  static void add(std::atomic<std::int64_t>& finding, std::int64_t count) noexcept {
    finding.fetch_add(count, std::memory_order_relaxed);
  }
  static double take(std::atomic<std::int64_t>& finding) noexcept {
    return static_cast<double>(finding.exchange(0, std::memory_order_relaxed));
  }

  // `count += change` without a lock. relaxed, both: as weak as the plain operations that they
  // stand for. Another thread's update between the two is lost.
  static std::int32_t add_torn(auto& h, std::int32_t change) noexcept {
    const std::int32_t sum = h.count.torn.load(std::memory_order_relaxed) + change;
    h.count.torn.store(sum, std::memory_order_relaxed);
    return sum;
  }

  // Called by a release under way that brought torn to zero.
  static void said_dead(auto& h) noexcept {
    // relaxed, here and below: each bit is set by one of the threads that hold the object alive.
    const std::uint64_t now = h.count.exact.load(std::memory_order_relaxed);
    if (now == kReference + kReleasing) return;  // the last reference: as it should be
    const std::uint64_t before = h.count.exact.fetch_or(kSaidDead, std::memory_order_relaxed);
    const std::uint64_t releasing = (before & (kReference - 1)) / kReleasing;
    const bool in_use = before >> kReferenceShift > releasing;
    if (!in_use && (before & kSaidDead) == 0) return;
    const std::uint64_t told = h.count.exact.fetch_or(kTold, std::memory_order_relaxed);
    if ((told & kTold) == 0) add(findings_.freed_in_use, 1);
  }
};

}  // namespace gilbench
