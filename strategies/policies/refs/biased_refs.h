// Refs: biased counts. Most objects are used by the thread that made them only, so that thread
// counts with plain arithmetic and all others share a second, atomic count.
//
// From J. Choi, T. Shull, J. Torrellas, "Biased Reference Counting" (PACT 2018), in the form of PEP
// 703 and CPython's free-threaded build (Include/refcount.h, Objects/object.c, Python/brc.c). The
// naive scheme, two counts added up, does not say when the sum is zero: nobody can read both at one
// moment. Here the counts are merged into the shared one first, by the one thread that may change
// the local one; from then on the shared count alone decides.
//
// An object's number of references is local + (shared >> 2).
//
// clang-format off
//     owned   two halves, moved as one word:
//       owner   the id of the thread that counts in `local`; 0: none, the counts are merged;
//               kDeferredOwner: none, it became immortal when threads were running
//       local   references counted by the owner; kImmortal: not counted at all, never dies (what
//               comes to have so many references that it is reached, stays alive as well)
//     shared  4 x references counted by all others, which may be negative, plus two flag bits:
//       00    only the owner may free the object, by taking `local` to zero while shared is 0
//       01    shareable: some thread has read it out of a container without that container's lock, so
//             the owner may not free it without a compare-and-swap of shared
//       10    queued: another thread gave up a reference that the owner counted, and asked the owner
//             to merge; the queue holds one reference
//       11    merged: owner is 0, local is 0; the object dies when the count becomes 0
//
//     00 -> 01   any thread that holds a reference, in share()
//     00, 01 -> 10   a thread that is not the owner and takes the count below 0, in give_up(): it
//                    hands the last of what it gives up to the queue, and does not count that down
//     any -> 11  the owner, when local becomes 0 or from its queue; the thread that set 10, where it
//                finds the owner away or dead (biased_owners.h)
//     00, 01, 11 -> 00   a collector, in adopt(), when its own thread alone can reach the object
//
// How soon an object dies after its last reference has been given up:
//   - by its owner, or where the counts are merged: at once;
//   - by another thread, while the owner is away (blocked in a call, asleep, waiting for its workers)
//     or after it has ended: at once;
//   - by another thread, while the owner is attached: when the owner passes its next checkpoint, or
//     detaches. There is a checkpoint at every call and every turn of a loop. So this takes one native
//     operation at most, or one stop of the world.
// Where credits are kept, a thread gives a reference up at most 100 ms after the program has dropped
// it (ref_credits.h).
//
// No count overflows. From kMost = 2^29 - 2^20 on, and from -kMost down, `shared` is stuck: nobody
// takes anything from it, nor, at the upper end, adds to it, so the object never dies and no count of
// it matters any more. A merge whose sum is kMost or more leaves it so, and makes the object immortal
// for retain() and release() as well.
//
// An object is dead when owner = itself, local = 0 and shared = 0 (the owner freed it unmerged), or
// when shared = 0|11; a block that was never used is all zeros, which is dead as well.
//
// Where credits are kept (ref_credits.h), a thread gains references to another's object, and gives
// them up, by the batch: what is said of one reference below then holds for all of a batch at once.
//
// Invariants:
//  (B1) `owned` is changed by the owner alone, while it is here; while it is away, or dead, by the
//       thread that set flag 10, which is one, under the mutex that the owner takes to come back
//       (O2, O3 in biased_owners.h); by who has merged the object, to immortal; by make_immortal()
//       and defer(), before another thread counts it; by adopt(), when no other can reach it; and by
//       unmake() when the world ends, on its last thread.
//  (B2) while several threads can reach the object, flags never go from 10 to 00 or 01, nor from 11
//       anywhere: it is queued at most once, and it becomes merged once.
//  (B3) while shared is 0 (flag 00) no thread gains a reference without holding one: try_retain()
//       refuses. So an owner that takes local to 0 and then finds shared 0 held the last one.
//  (B4) a queue entry is a reference, and counted as one: the object lives until drain() has taken
//       it off. The owner may have merged the object before that; then drain(), or the thread that
//       merges in the owner's place, only counts one less.
//  (B5) an owner that is away counts nothing, and its queue is empty (O1). What it had to do with an
//       object is over, and what others do to the object meanwhile it finds done.
// clang-format on
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>

#include "runtime/support/atomic_ref.h"
#include "runtime/support/force_inline.h"
#include "strategies/policies/refs/biased_owners.h"
#include "strategies/policies/refs/ref_credits.h"
#include "strategies/strategy.h"

namespace gilbench {

// The id of the attached thread that this code runs on, where it stands in an object's word: then
// word - tag is the local count if the object is this thread's, and a larger number if not.
inline constinit thread_local std::uint64_t biased_thread_tag = 0;

// `defers`: functions, classes and modules are not counted either. `reads_dead`: objects are read
// out of containers without the containers' locks. `keeps_credits`: threads gain references to
// others' objects by the batch.
template <bool defers, bool reads_dead, bool keeps_credits = false>
struct BiasedRefs {
  static constexpr bool kCounts = true;
  static constexpr bool kImmortals = true;
  static constexpr bool kDefers = defers;
  static constexpr bool kReadsDead = reads_dead;

  // Of the 2^29 that `shared` can count, those above are for threads that have added a batch each
  // and not yet found that they should not have: 2^20 / 64 threads.
  static constexpr std::int32_t kMost = (1 << 29) - (1 << 20);

  // Plain integers, read and written through AtomicRef: a block's count outlives the object
  // in it, so no constructor may touch it (memory/heap.h).
  struct Count {
    Count() noexcept {}   // also lets the lock stand in the padding after `shared`
    std::uint64_t owned;  // owner << 32 | local
    std::int32_t shared;
  };

  using Owner = BiasedOwners::Owner;
  struct CreditedOwner : Owner {
    RefCredits<Count> credits;
    // Whether there may be any. relaxed: a thread that asks for them asks again 50 ms later.
    std::atomic<bool> in_advance{false};
    // Objects that died as their credits lost their place in the table, where destroying them had
    // to wait. Their counts say that they are dead. When there is no room the table stays as it is.
    std::array<void*, 64> dead{};
    std::size_t dead_count = 0;
  };
  using Thread = std::conditional_t<keeps_credits, CreditedOwner, Owner>;
  static void start(Thread& thread, ThreadControl& control) noexcept {
    BiasedOwners::open(thread, control);
  }
  static void attached(Thread& thread) noexcept {
    BiasedOwners::come_back(thread);
    biased_thread_tag = std::uint64_t{thread.id} << 32;
    if constexpr (keeps_credits) current = &thread;
  }

  // The thread's own queue: merges every object in it; and its credits: gives them back. Calls
  // destroy(h) for those objects that nobody refers to any more. Attached, at a checkpoint, or
  // where one may stand.
  template <class H, class Destroy>
  static void drain(Thread& thread, ThreadControl& control, Destroy&& destroy) {
    if constexpr (keeps_credits) {
      thread.in_advance.store(false, std::memory_order_relaxed);  // relaxed: as said there
      thread.credits.take_all([&](const auto& entry) {
        if (give_up(*entry.count, entry.object, entry.credits)) {
          destroy(*static_cast<H*>(entry.object));
        }
      });
    }
    // relaxed: only whether to look.
    if ((control.breaker.load(std::memory_order_relaxed) & kBreakRefs) == 0) return;
    control.taken(kBreakRefs);
    BiasedOwners::take_queue(thread).take_all([&](void* queued) {
      H& h = *static_cast<H*>(queued);
      if (merge(h.count, -1)) destroy(h);
    });
    if constexpr (keeps_credits) {
      while (thread.dead_count > 0) destroy(*static_cast<H*>(thread.dead[--thread.dead_count]));
    }
  }
  // The thread detaches: until attached() others act for it.
  template <class H, class Destroy>
  static void leave(Thread& thread, ThreadControl& control, Destroy&& destroy) {
    do {
      drain<H>(thread, control, destroy);
    } while (!is_done(thread) || !BiasedOwners::go_away(thread));
  }
  // The thread ends: its objects have no owner any more, which others find out when they ask. It is
  // done with objects, but for those that draining its queue takes apart.
  template <class H, class Destroy>
  static void end(Thread& thread, ThreadControl& control, Destroy&& destroy) {
    do {
      drain<H>(thread, control, destroy);
    } while (!is_done(thread) || !BiasedOwners::close_if_empty(thread));
  }
  // By another thread, every 50 ms: what the thread holds in advance shall go back.
  static void remind(Thread& thread, ThreadControl& control) noexcept {
    if constexpr (keeps_credits) {
      // relaxed: as said there.
      if (thread.in_advance.load(std::memory_order_relaxed)) control.request(kBreakRefs);
    }
  }

  GILBENCH_INLINE static void init(auto& h) noexcept {
    // relaxed, both: whatever publishes the object orders them. A thread that looks at this block
    // for the dead object that stood here (try_retain) finds in each word what that one left or
    // what the new one has. What it left: in `owned` a local count of 0, in shared 0 or 0|11. With
    // either, whatever the other word says, it is refused or has the new object, which the caller
    // finds out.
    shared(h).store(0, std::memory_order_relaxed);
    owned(h).store(biased_thread_tag | 1, std::memory_order_relaxed);
  }

  // Counting is inlined at some hundred places of the interpreter's loop, so what it costs is where
  // the compiler puts its branches. Immortal objects come first, and stay near: they are small
  // numbers, constants and functions, a good part of all that is counted. (Behind the comparison
  // with the owner g++ 12 moves them to the loop's end, there and back two jumps of 60 KB: one
  // worker of cpu/nqueens and cpu/fibonacci took 7 % more.) In release() the last reference comes
  // next, as most numbers die where they are released (cpu/nbody: 8 %; Intel Xeon, Sapphire
  // Rapids). What is done then, ref.h has elsewhere all the same.

  GILBENCH_INLINE static void retain(auto& h) noexcept {
    // relaxed: when this thread is the owner nobody else changes it (B1); kImmortal stays.
    const std::uint64_t word = owned(h).load(std::memory_order_relaxed);
    if (local_of(word) == kImmortal) return;
    if (mine(word) < kImmortal) [[likely]] {
      owned(h).store(word + 1, std::memory_order_relaxed);
    } else {
      retain_shared(h);
    }
  }

  GILBENCH_INLINE static bool release(auto& h) noexcept {
    const std::uint64_t word = owned(h).load(std::memory_order_relaxed);  // as in retain()
    if (local_of(word) == kImmortal) return false;
    const std::uint64_t count = mine(word);
    if (count >= kImmortal) [[unlikely]]
      return release_shared(h);
    owned(h).store(word - 1, std::memory_order_relaxed);  // this thread's
    if (count != 1) [[unlikely]]
      return false;
    // The last one that it counts.
    // (R8) acquire: pairs with (R3). 0 means by (B3) that nobody has another reference.
    return shared(h).load(std::memory_order_acquire) == 0 || merge_last(h);
  }

  GILBENCH_INLINE static bool unique(auto& h) noexcept {
    const std::uint64_t word = owned(h).load(std::memory_order_relaxed);  // as in retain()
    if (mine(word) != 1 && word != 0) return false;                       // 0: merged
    // (R1) acquire: pairs with (R3) and (R9); what others did through references that they gave up
    // is over.
    const std::int32_t others = shared(h).load(std::memory_order_acquire);
    if (word != 0) return others == 0 || (others == kShareable && stays(h, others));
    return others == (kOne | kMerged) && stays(h, others);
  }

  // Gains a reference if this thread is the owner, to what was just read out of a container without
  // its lock. It is the very object that was there: it has been this thread's, and alive, since
  // before the pointer was read, for only this thread makes it so, and only this thread can end it.
  GILBENCH_INLINE static bool try_retain_own(auto& h) noexcept {
    const std::uint64_t word = owned(h).load(std::memory_order_relaxed);  // as in retain()
    if (!is_own(word)) [[unlikely]]
      return false;
    owned(h).store(word + 1, std::memory_order_relaxed);
    return true;
  }
  // Whether what was just read out of a container is this thread's: then it is alive, as above, and
  // goes on living. What others do to it may bring it into this thread's queue, and no further.
  GILBENCH_INLINE static bool alive_own(auto& h) noexcept {
    return is_own(owned(h).load(std::memory_order_relaxed));  // as in retain()
  }
  // Gains a reference to what was just read out of a container without its lock, and may have died
  // since; false: it has, or only the container's lock can tell. The caller must look again whether
  // the container still has it: the block may be another object by now.
  static bool try_retain(auto& h) noexcept {
    if (try_retain_own(h) || immortal(h)) return true;
    // relaxed: its own, or anything else.
    if (mine(owned(h).load(std::memory_order_relaxed)) == 0) return false;  // freed by this thread
    // By a credit: the object lives, as it has since before the caller read the pointer, so no
    // other has been at that address.
    if (use_credit(h)) return true;
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(h).load(std::memory_order_relaxed);
    std::int32_t gained = 0;
    do {
      if (others == 0 || others == kMerged) return false;  // (B3), or dead
      gained = others < kMost * kOne ? kBatch : 0;
      // (R2) acquire: pairs with (R3), (R4), (R5), (R9) and (R10); a block's next object is not
      // taken for its last. That is enough for the caller's second look at the container's slot,
      // too: no change of shared can fall between this one's load and its store. Whoever counted
      // the object down in shared before it is acquired here, with what he did to the slot, so the
      // second look finds that; whoever does so after it finds this reference counted.
    } while (!shared(h).compare_exchange_weak(
        others, others + gained * kOne, std::memory_order_acquire, std::memory_order_relaxed));
    if (gained != 0) keep_credits(h, kBatch - 1);
    return true;
  }
  // Held under the container's lock after try_retain() refused: makes it say yes the next time.
  static void share(auto& h) noexcept {
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(h).load(std::memory_order_relaxed);
    // (R4) release: pairs with (R2). Any flag will do.
    while ((others & kFlags) == 0 &&
           !shared(h).compare_exchange_weak(others, others | kShareable, std::memory_order_release,
                                            std::memory_order_relaxed)) {
    }
  }

  // While the world has one thread.
  static void make_immortal(auto& h) noexcept {
    // relaxed: the other threads start later.
    owned(h).store(kImmortal, std::memory_order_relaxed);
  }
  // Before anybody else knows the object.
  static void defer(auto& h) noexcept {
    // (R7) release: pairs with (R6).
    owned(h).store(kDeferredOwner << 32 | kImmortal, std::memory_order_release);
  }
  // Its world ends: it is dead, and looks so.
  static void unmake(auto& h) noexcept {
    // relaxed, both: no other thread is left.
    owned(h).store(0, std::memory_order_relaxed);
    shared(h).store(0, std::memory_order_relaxed);
  }
  GILBENCH_INLINE static bool immortal(auto& h) noexcept {
    // (R6) acquire: pairs with (R7) and (R11); what became immortal was made after this block's
    // last object.
    return local_of(owned(h).load(std::memory_order_acquire)) == kImmortal;
  }
  // Immortal for longer than there has been a second thread: what a reader finds at its address has
  // never been another object.
  GILBENCH_INLINE static bool eternal(auto& h) noexcept {
    return owned(h).load(std::memory_order_relaxed) == kImmortal;  // relaxed: as make_immortal()
  }

  // While the world is stopped, which orders everything:
  static std::int64_t references(auto& h) noexcept {
    return static_cast<std::int64_t>(local_of(owned(h).load(std::memory_order_relaxed))) +
           (shared(h).load(std::memory_order_relaxed) >> 2);
  }
  // At any time: each half is right, at a moment of its own.
  static std::int64_t references_now(auto& h) noexcept {
    const std::int64_t count = references(h);
    return immortal(h) || count >= kMost ? kImmortalReferences : count;
  }
  static bool dead(auto& h) noexcept {
    const std::int32_t others = shared(h).load(std::memory_order_relaxed);
    return local_of(owned(h).load(std::memory_order_relaxed)) == 0 &&
           (others == 0 || others == kMerged);
  }

  // Garbage becomes the calling thread's, with all the references that there are to it. It is not
  // immortal, and in no queue: that would be a reference which no object holds.
  static void adopt(auto& h) noexcept {
    // relaxed, all: stopping the world ordered what others wrote, and no other looks at it now.
    const auto count = static_cast<std::uint64_t>(references(h));
    owned(h).store(biased_thread_tag | count, std::memory_order_relaxed);
    shared(h).store(0, std::memory_order_relaxed);
  }

 private:
  // The largest that x86-64 compares a register with, without loading it into another.
  static constexpr std::uint64_t kImmortal = std::numeric_limits<std::int32_t>::max();
  static constexpr std::uint64_t kDeferredOwner = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::int32_t kOne = 4;
  static constexpr std::int32_t kFlags = 3, kShareable = 1, kQueued = 2, kMerged = 3;

  GILBENCH_INLINE static AtomicRef<std::uint64_t> owned(Count& count) noexcept {
    return AtomicRef<std::uint64_t>(count.owned);
  }
  GILBENCH_INLINE static AtomicRef<std::int32_t> shared(Count& count) noexcept {
    return AtomicRef<std::int32_t>(count.shared);
  }
  GILBENCH_INLINE static AtomicRef<std::uint64_t> owned(auto& h) noexcept { return owned(h.count); }
  GILBENCH_INLINE static AtomicRef<std::int32_t> shared(auto& h) noexcept {
    return shared(h.count);
  }
  GILBENCH_INLINE static std::uint64_t local_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word);
  }
  GILBENCH_INLINE static std::uint32_t owner_of(std::uint64_t word) noexcept {
    return static_cast<std::uint32_t>(word >> 32);
  }
  // The local count if this thread is the owner; else kImmortal or more.
  GILBENCH_INLINE static std::uint64_t mine(std::uint64_t word) noexcept {
    return word - biased_thread_tag;
  }
  // Whether this thread is the owner and has not freed it.
  GILBENCH_INLINE static bool is_own(std::uint64_t word) noexcept {
    return mine(word) - 1 < kImmortal - 1;
  }

  // Whether shared is still `others`, of an object that readers may find without a lock. One of
  // them may yet see the object where it no longer is, and gain a reference before it looks again.
  [[gnu::noinline]] static bool stays(auto& h, std::int32_t others) noexcept {
    if constexpr (!reads_dead) return true;
    // (R10) acq_rel: pairs with (R2). Who gains one after this sees, as it looks again, that the
    // object has gone from there; who has gained one before it has changed shared.
    return shared(h).fetch_add(0, std::memory_order_acq_rel) == others;
  }

  [[gnu::noinline]] static bool merge_last(auto& h) noexcept { return merge(h.count, 0); }

  // Adds both counts and `extra`, and leaves the sum in the shared one; true when it is zero. By
  // those that (B1) names.
  static bool merge(Count& count, std::int32_t extra) noexcept {
    // relaxed: nobody else changes it now (B1).
    const std::uint64_t word = owned(count).load(std::memory_order_relaxed);
    if (local_of(word) == kImmortal) return false;
    const auto mine = static_cast<std::int64_t>(local_of(word));
    // relaxed: published by the compare-and-swap. Before it: once the flags say merged, another
    // thread may free the object and make a new one here.
    owned(count).store(0, std::memory_order_relaxed);
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(count).load(std::memory_order_relaxed);
    std::int64_t sum = 0;
    bool is_stuck = false;
    do {
      sum = (others >> 2) + mine + extra;
      is_stuck = stuck(others) || sum >= kMost;
      if (is_stuck) sum = std::max(others >> 2, kMost);  // what others are about to take back, too
      // (R9) acq_rel: pairs with itself, with (R3), and with what (R3) names.
    } while (!shared(count).compare_exchange_weak(
        others, static_cast<std::int32_t>(sum) * kOne | kMerged, std::memory_order_acq_rel,
        std::memory_order_relaxed));
    // (R11) release: pairs with (R6). It never dies, so it still is this object.
    if (is_stuck) owned(count).store(kDeferredOwner << 32 | kImmortal, std::memory_order_release);
    return sum == 0;
  }

  // Whether `others` is not counted any more.
  static bool stuck(std::int32_t others) noexcept {
    return others >= kMost * kOne || others <= -kMost * kOne;
  }

  // A thread that is not the owner gains a reference, or a batch of them.
  [[gnu::noinline]] static void retain_shared(auto& h) noexcept {
    if (use_credit(h)) return;
    // (R5) release: pairs with (R2), where it may be what takes shared off 0.
    const std::int32_t before = shared(h).fetch_add(kBatch * kOne, std::memory_order_release);
    if (before >= kMost * kOne) [[unlikely]] {
      // It stays at kMost or above: each takes back what it has added. relaxed: it never dies.
      shared(h).fetch_sub(kBatch * kOne, std::memory_order_relaxed);
      return;
    }
    keep_credits(h, kBatch - 1);
  }

  // A thread that is not the owner gives up a reference.
  [[gnu::noinline]] static bool release_shared(auto& h) noexcept {
    if constexpr (keeps_credits) {
      if (auto* const entry = current->credits.find(&h)) {
        // So many and no more, also of an object that this thread is always given by others. A
        // batch is left, so those that are given up are not the last.
        if (++entry->credits < 2 * kBatch) return false;
        entry->credits -= kBatch;
        return give_up(h.count, &h, kBatch);
      }
    }
    return give_up(h.count, &h, 1);
  }

  // Gives up `given` references at once. True: the object is now dead. Zero of them change nothing.
  //
  // If `shared` would fall below zero, the owner counts some of these references in `local`, and
  // is asked to merge: all but one are taken off `shared`, and the last one goes into the owner's
  // queue. There it keeps the object alive until the owner merges.
  static bool give_up(Count& count, void* object, std::int32_t given) noexcept {
    if (given == 0) return false;
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(count).load(std::memory_order_relaxed);
    std::int32_t next = 0;
    bool queue = false;
    do {
      if (stuck(others)) [[unlikely]]
        return false;
      // Below 0, where the owner counts some of them, and it is to merge. The queue gets the last.
      queue = (others & kFlags) < kQueued && (others >> 2) < given;
      next = queue ? ((others >> 2) - given + 1) * kOne | kQueued : others - given * kOne;
      // (R3) acq_rel: each gives its accesses to the object to the one that takes the count to
      // zero, (R3) in another thread, (R9) or (R8); to who finds itself alone with it, (R1); and to
      // who takes a new reference, (R2).
    } while (!shared(count).compare_exchange_weak(others, next, std::memory_order_acq_rel,
                                                  std::memory_order_relaxed));
    if (!queue) return next == kMerged;
    // relaxed: it is the owner's id or, when the owner has merged by itself meanwhile, 0.
    const std::uint32_t owner = owner_of(owned(count).load(std::memory_order_relaxed));
    // Merged: what was the queue's is given up here.
    if (owner == 0) return give_up(count, object, 1);
    // This is the one thread that set flag 10.
    return BiasedOwners::merge_by_owner(owner, object,
                                        [&count]() noexcept { return merge(count, -1); });
  }

  // ---- credits; without them references are gained one by one ----

  static inline constinit thread_local Thread* current = nullptr;  // the attached one

  static constexpr std::int32_t kBatch = keeps_credits ? RefCredits<Count>::kBatch : 1;

  static bool use_credit(auto& h) noexcept {
    if constexpr (keeps_credits) {
      auto* const entry = current->credits.find(&h);
      if (entry == nullptr || entry->credits == 0) return false;
      --entry->credits;
      return true;
    }
    return false;
  }
  // In the place of another object's, which are given back. That one may be dead then; but this may
  // be in a section, where nothing is destroyed.
  static void keep_credits(auto& h, std::int32_t credits) noexcept {
    if constexpr (keeps_credits) {
      if (credits == 0) return;
      if (auto* const entry = current->credits.find(&h)) {
        entry->credits += credits;
        return;
      }
      if (current->dead_count == current->dead.size()) {
        give_up(h.count, &h, credits);  // not the last: the caller has one
        return;
      }
      current->in_advance.store(true, std::memory_order_relaxed);  // relaxed: as said there
      const auto old = current->credits.put(&h, h.count, credits);
      if (old.object == nullptr || !give_up(*old.count, old.object, old.credits)) return;
      current->dead[current->dead_count++] = old.object;
      current->control->request(kBreakRefs);
    }
  }
  static bool is_done(Thread& thread) noexcept {
    if constexpr (keeps_credits) return thread.credits.empty() && thread.dead_count == 0;
    return true;
  }
};

using BiasedImmortalRefs = BiasedRefs<false, false>;
using BiasedDeferredRefs = BiasedRefs<true, false>;
using BiasedRefcountRefs = BiasedRefs<true, true, true>;

}  // namespace gilbench
