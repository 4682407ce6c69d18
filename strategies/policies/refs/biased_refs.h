// Refs: biased counts. Most objects are used only by the thread that made them. That thread counts
// with plain arithmetic; all others share a second, atomic count.
//
// From J. Choi, T. Shull, J. Torrellas, "Biased Reference Counting" (PACT 2018), in the form of PEP
// 703 and CPython's free-threaded build (Include/refcount.h, Objects/object.c, Python/brc.c). The
// naive scheme adds two counts up, but nobody can read both at one moment, so nobody knows when the
// sum is zero. Here the one thread that may change the local count first merges it into the shared
// one; from then on the shared count alone decides.
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
// No count overflows. At kMost = 2^29 - 2^20 and above, and at -kMost and below, `shared` is stuck:
// no thread subtracts from it, and at the upper end no thread adds to it. The object then never
// dies, and its counts no longer matter. A merge whose sum is kMost or more leaves `shared` stuck,
// and makes the object immortal for retain() and release() as well.
//
// An object is dead when local = 0 and shared = 0 while owner is still set (the owner freed it
// unmerged), or when shared = 0|11. A block that was never used is all zeros, which is dead as
// well.
//
// Where credits are kept (ref_credits.h), a thread gains and gives up references to another's
// object by the batch. What is said of one reference below then holds for a whole batch.
//
// Invariants:
//  (B1) `owned` is changed only by:
//       - the owner, while it is here;
//       - while the owner is away or dead, the one thread that set flag 10, under the mutex that
//         the owner takes to come back (O2, O3 in biased_owners.h);
//       - the thread that has merged the object, to immortal;
//       - make_immortal() and defer(), before another thread counts the object;
//       - adopt(), when no other thread can reach it;
//       - unmake(), when the world ends, on its last thread.
//  (B2) while several threads can reach the object, flags never go from 10 to 00 or 01, and never
//       leave 11. So it is queued at most once, and merged once.
//  (B3) while shared is 0 (flag 00) no thread gains a reference without holding one: try_retain()
//       refuses. So an owner that takes local to 0 and then finds shared 0 held the last one.
//  (B4) a queue entry is a reference, and counted as one: the object lives until drain() has taken
//       it off. The owner may have merged the object before that; then drain(), or the thread that
//       merges in the owner's place, only subtracts one.
//  (B5) an owner that is away counts nothing, and its queue is empty (O1). Its work on any object
//       is finished, and when it is back it sees what others did meanwhile (O3).
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

// The id of the attached thread that this code runs on, shifted to its place in `owned`. So word -
// tag is the local count if this thread owns the object, and a larger number if not.
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

  // `shared` can count to 2^29. The range above kMost is for threads that have added a batch each
  // and not yet noticed that the count is stuck: 2^20 / 64 threads.
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
    // Whether there may be credits. relaxed: remind() looks again 50 ms later.
    std::atomic<bool> in_advance{false};
    // Objects that died when their credits were evicted from the table, and could not be destroyed
    // there. Their counts already say dead. When this array is full, nothing is evicted.
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

  // Merges every object in the thread's own queue, and gives its credits back. Calls destroy(h) for
  // objects that nobody refers to any more. Called attached, where a checkpoint may stand.
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
    // relaxed: a hint whether to look.
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
  // The thread ends: its objects have no owner any more, as others find out in merge_by_owner().
  // From here on it touches only the objects that draining its queue destroys.
  template <class H, class Destroy>
  static void end(Thread& thread, ThreadControl& control, Destroy&& destroy) {
    do {
      drain<H>(thread, control, destroy);
    } while (!is_done(thread) || !BiasedOwners::close_if_empty(thread));
  }
  // Called by another thread every 50 ms: asks the thread to give its credits back.
  static void remind(Thread& thread, ThreadControl& control) noexcept {
    if constexpr (keeps_credits) {
      // relaxed: as said there.
      if (thread.in_advance.load(std::memory_order_relaxed)) control.request(kBreakRefs);
    }
  }

  GILBENCH_INLINE static void init(auto& h) noexcept {
    // relaxed, both: whatever publishes the object orders them. A try_retain() meant for the dead
    // object that stood here finds, in each word, the dead object's value or the new one's. The
    // dead object left a local count of 0 in `owned`, and 0 or 0|11 in shared. Whichever mix it
    // finds, try_retain() refuses or gains the new object, and the caller notices that.
    shared(h).store(0, std::memory_order_relaxed);
    owned(h).store(biased_thread_tag | 1, std::memory_order_relaxed);
  }

  // Counting is inlined at some hundred places of the interpreter's loop, so its cost depends on
  // where the compiler puts the branches. The test for immortal objects comes first: small numbers,
  // constants and functions are a good part of all that is counted. (With the comparison with the
  // owner first, g++ 12 moved the immortal case to the loop's end, two jumps of 60 KB there and
  // back: one worker of cpu/nqueens and cpu/fibonacci took 7 % more.) In release() the last
  // reference comes next, because most numbers die where they are released (cpu/nbody: 8 %; Intel
  // Xeon, Sapphire Rapids). Destroying is out of line anyway (ref.h).

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
    // That was the last reference that the owner counts.
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

  // Gains a reference to an object that was just read out of a container without its lock, if this
  // thread owns it. It is certainly the object that was read: it was alive and this thread's before
  // the pointer was read, because only this thread can make it so, and only this thread can end it.
  GILBENCH_INLINE static bool try_retain_own(auto& h) noexcept {
    const std::uint64_t word = owned(h).load(std::memory_order_relaxed);  // as in retain()
    if (!is_own(word)) [[unlikely]]
      return false;
    owned(h).store(word + 1, std::memory_order_relaxed);
    return true;
  }
  // Whether an object that was just read out of a container is this thread's. Then it is alive, as
  // above, and stays so: others can at most put it into this thread's queue.
  GILBENCH_INLINE static bool alive_own(auto& h) noexcept {
    return is_own(owned(h).load(std::memory_order_relaxed));  // as in retain()
  }
  // Gains a reference to an object that was just read out of a container without its lock and may
  // have died since. False: it has died, or only the container's lock can tell. The caller must
  // look again whether the container still has it: the block may be another object by now.
  static bool try_retain(auto& h) noexcept {
    if (try_retain_own(h) || immortal(h)) return true;
    // relaxed: only this thread writes its own id here.
    if (mine(owned(h).load(std::memory_order_relaxed)) == 0) return false;  // freed by this thread
    // A credit has kept the object alive since before the caller read the pointer, so no other
    // object has been at that address.
    if (use_credit(h)) return true;
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(h).load(std::memory_order_relaxed);
    std::int32_t gained = 0;
    do {
      if (others == 0 || others == kMerged) return false;  // (B3), or dead
      gained = others < kMost * kOne ? kBatch : 0;
      // (R2) acquire: pairs with (R3), (R4), (R5), (R9) and (R10); a block's next object is not
      // taken for the dead one. That is enough for the caller's second look at the container's
      // slot, too, because no change of shared can fall between this load and its store. A thread
      // that counted the object down in shared before is acquired here, together with its change of
      // the slot, so the second look finds that change. A thread that does so afterwards finds this
      // reference counted.
    } while (!shared(h).compare_exchange_weak(
        others, others + gained * kOne, std::memory_order_acquire, std::memory_order_relaxed));
    if (gained != 0) keep_credits(h, kBatch - 1);
    return true;
  }
  // Called under the container's lock after try_retain() refused: makes it succeed from now on.
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
  // Its world ends: makes its count say dead.
  static void unmake(auto& h) noexcept {
    // relaxed, both: no other thread is left.
    owned(h).store(0, std::memory_order_relaxed);
    shared(h).store(0, std::memory_order_relaxed);
  }
  GILBENCH_INLINE static bool immortal(auto& h) noexcept {
    // (R6) acquire: pairs with (R7) and (R11); the immortal object was made after this block's
    // previous object died.
    return local_of(owned(h).load(std::memory_order_acquire)) == kImmortal;
  }
  // Immortal since before there was a second thread, so no reader can have found another object at
  // its address.
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

  // The calling thread becomes the owner of garbage, and counts all references to it. Garbage is
  // neither immortal nor in a queue: a queue's entry would be a reference that no object holds.
  static void adopt(auto& h) noexcept {
    // relaxed, all: stopping the world ordered what others wrote, and no other looks at it now.
    const auto count = static_cast<std::uint64_t>(references(h));
    owned(h).store(biased_thread_tag | count, std::memory_order_relaxed);
    shared(h).store(0, std::memory_order_relaxed);
  }

 private:
  // The largest constant with which x86-64 compares a register directly.
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

  // Whether shared is still `others`, for an object that readers may find without a lock. A reader
  // may still see the object where it no longer is, and gain a reference before it looks again.
  [[gnu::noinline]] static bool stays(auto& h, std::int32_t others) noexcept {
    if constexpr (!reads_dead) return true;
    // (R10) acq_rel: pairs with (R2). A reader that gains a reference after this sees, when it
    // looks again, that the object has gone; one that gained it before has changed shared.
    return shared(h).fetch_add(0, std::memory_order_acq_rel) == others;
  }

  [[gnu::noinline]] static bool merge_last(auto& h) noexcept { return merge(h.count, 0); }

  // Adds both counts and `extra`, and leaves the sum in shared; true when it is zero. Called only
  // by the threads that (B1) names.
  static bool merge(Count& count, std::int32_t extra) noexcept {
    // relaxed: nobody else changes it now (B1).
    const std::uint64_t word = owned(count).load(std::memory_order_relaxed);
    if (local_of(word) == kImmortal) return false;
    const auto mine = static_cast<std::int64_t>(local_of(word));
    // relaxed: published by the compare-and-swap. This store comes first: once the flags say
    // merged, another thread may free the object and make a new one here.
    owned(count).store(0, std::memory_order_relaxed);
    // relaxed, and where the compare-and-swap fails: it decides.
    std::int32_t others = shared(count).load(std::memory_order_relaxed);
    std::int64_t sum = 0;
    bool is_stuck = false;
    do {
      sum = (others >> 2) + mine + extra;
      is_stuck = stuck(others) || sum >= kMost;
      if (is_stuck) sum = std::max(others >> 2, kMost);  // keeps what others will take back
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
    // (R5) release: pairs with (R2), which may see it take shared off 0.
    const std::int32_t before = shared(h).fetch_add(kBatch * kOne, std::memory_order_release);
    if (before >= kMost * kOne) [[unlikely]] {
      // shared stays at kMost or above, and each thread takes back what it has added. relaxed: the
      // object never dies.
      shared(h).fetch_sub(kBatch * kOne, std::memory_order_relaxed);
      return;
    }
    keep_credits(h, kBatch - 1);
  }

  // A thread that is not the owner gives up a reference.
  [[gnu::noinline]] static bool release_shared(auto& h) noexcept {
    if constexpr (keeps_credits) {
      if (auto* const entry = current->credits.find(&h)) {
        // A bound on the credits, even for an object that others keep handing to this thread. A
        // batch is left, so the references given up here are not the last.
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
      // It would fall below 0: the owner counts some of them, and has to merge. The queue gets the
      // last.
      queue = (others & kFlags) < kQueued && (others >> 2) < given;
      next = queue ? ((others >> 2) - given + 1) * kOne | kQueued : others - given * kOne;
      // (R3) acq_rel: releases this thread's accesses to the object: to the thread that takes the
      // count to zero, (R3) in another thread, (R9) or (R8); to a thread that finds itself alone
      // with the object, (R1); and to a thread that gains a reference, (R2).
    } while (!shared(count).compare_exchange_weak(others, next, std::memory_order_acq_rel,
                                                  std::memory_order_relaxed));
    if (!queue) return next == kMerged;
    // relaxed: it is the owner's id or, when the owner has merged by itself meanwhile, 0.
    const std::uint32_t owner = owner_of(owned(count).load(std::memory_order_relaxed));
    // The owner has merged: the queue's reference is given up here.
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
  // Credits that these evict from the table are given back. Their object may be dead then; it waits
  // in `dead`, because this may run in a section, where nothing is destroyed.
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
