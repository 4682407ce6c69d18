// The threads that own objects where counts are biased (biased_refs.h), and how others reach them.
//
// When a thread gives up a reference that the owner has counted, the owner's count must be merged
// into the shared one, and only the owner may change its own count. So the object is put into the
// owner's queue, and the owner merges it at its next checkpoint, as in CPython (Python/brc.c). But
// an owner that sleeps, waits in a call, or waits for its workers may pass no checkpoint for a long
// time. It also counts nothing then, because only an attached thread touches objects (I1). So such
// an owner marks itself away, and a thread that would have to queue an object for it merges in its
// place: the object dies there and then. The same holds for an owner that has ended.
//
// clang-format off
// An owner's state, guarded by the mutex of its bucket:
//
//     absent -> away    open(), by the owner
//     away   -> here    come_back(), by the owner, before it touches the first object
//     here   -> away    go_away(), by the owner, after it has touched the last, if its queue is empty
//     here   -> absent  close_if_empty(), likewise; for good
//
// Invariants:
//  (O1) a queue has entries only while its owner is here. So the owner takes each entry in a
//       drain(), at a checkpoint or before it goes away or ends;
//  (O2) a thread that merges for an away or absent owner holds the bucket's mutex from its look at
//       the owner's state to the end of the merge. So come_back() waits for that merge, and of two
//       threads that look, one comes first.
//  (O3) the mutex orders: the merging thread sees what the owner wrote before it went, and the
//       owner, when it is back, sees what the merging thread wrote.
// clang-format on
//
// What it costs: one uncontended lock of a mutex for each attach and each detach.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <utility>

#include "runtime/support/annotated_mutex.h"
#include "runtime/support/line_pair.h"
#include "strategies/policies/refs/object_queue.h"
#include "strategies/strategy.h"

namespace gilbench {

class BiasedOwners {
  struct Bucket;

 public:
  struct Owner {
    std::uint32_t id = 0;
    ThreadControl* control = nullptr;
    Bucket* bucket = nullptr;                                  // that of the id
    Owner* next GILBENCH_GUARDED_BY(bucket->mutex) = nullptr;  // in the bucket's list
    bool away GILBENCH_GUARDED_BY(bucket->mutex) = true;
    ObjectQueue queue GILBENCH_GUARDED_BY(bucket->mutex);
  };

  // Ids are never used again, so an object of a dead thread can never seem to be another's.
  static void open(Owner& owner, ThreadControl& control) noexcept {
    // relaxed: only the number's uniqueness counts.
    owner.id = next_id().fetch_add(1, std::memory_order_relaxed);
    owner.control = &control;
    owner.bucket = &bucket_of(owner.id);
    const MutexGuard guard(owner.bucket->mutex);
    owner.next = owner.bucket->first;
    owner.bucket->first = &owner;
  }
  // After true, others merge for the owner, and it must not count any object.
  static bool close_if_empty(Owner& owner) noexcept {
    Bucket& bucket = *owner.bucket;
    const MutexGuard guard(bucket.mutex);
    owner.bucket->mutex.assume_held();  // it is this bucket's
    if (!owner.queue.empty()) return false;
    Owner** place = &bucket.first;
    while (*place != &owner) {
      (*place)->bucket->mutex.assume_held();  // likewise
      place = &(*place)->next;
    }
    *place = owner.next;
    return true;
  }
  // The same, until come_back(). False: the queue has entries.
  static bool go_away(Owner& owner) noexcept {
    const MutexGuard guard(owner.bucket->mutex);
    if (!owner.queue.empty()) return false;
    owner.away = true;
    return true;
  }
  static void come_back(Owner& owner) noexcept {
    const MutexGuard guard(owner.bucket->mutex);  // waits for a merge in its place (O2)
    owner.away = false;
  }

  // Asks the owner with that id to merge the object, and returns false. If the owner is away or has
  // ended, calls merge() in its place, under the bucket's mutex, and returns its result. If there
  // is no memory for the request, the object lives as long as its world.
  template <class Merge>
  static bool merge_by_owner(std::uint32_t id, void* object, Merge&& merge) noexcept {
    Bucket& bucket = bucket_of(id);
    const MutexGuard guard(bucket.mutex);
    for (Owner* owner = bucket.first; owner != nullptr; owner = owner->next) {
      owner->bucket->mutex.assume_held();  // it is this bucket's
      if (owner->id != id) continue;
      if (owner->away) break;
      if (owner->queue.push(object)) owner->control->request(kBreakRefs);
      return false;
    }
    return merge();
  }
  static ObjectQueue take_queue(Owner& owner) noexcept {
    const MutexGuard guard(owner.bucket->mutex);
    return std::move(owner.queue);
  }

 private:
  // On cache lines of its own: threads lock their buckets as they come and go.
  struct alignas(kLinePair) Bucket {
    Mutex mutex;
    Owner* first GILBENCH_GUARDED_BY(mutex) = nullptr;
  };
  static Bucket& bucket_of(std::uint32_t id) noexcept {
    static constinit std::array<Bucket, 64> buckets;
    return buckets[id % 64];
  }
  static std::atomic<std::uint32_t>& next_id() noexcept {
    static std::atomic<std::uint32_t> next{1};
    return next;
  }
};

}  // namespace gilbench
