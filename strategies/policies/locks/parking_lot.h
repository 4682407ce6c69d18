// Where threads sleep that wait for a lock of one byte.
//
// A lock needs a queue of those who wait for it, and the queue needs more room than an object's
// header has; but a thread waits for one lock at a time. So the queues are kept outside, in one
// table for the process, found by the lock's address: WebKit's ParkingLot (F. Pizlo, "Locking in
// WebKit", 2016), as CPython has it for PyMutex and critical sections (Python/parking_lot.c). The
// kernel's futex is the same idea, for words of 32 bits.
//
// The naive way, "look at the lock, then sleep", loses a wake-up that comes between the two. Here
// the second look is under the mutex of the queue, which whoever wakes takes as well.
//
// (tests/models/parking_lot.pml is all of this for spin, with a processor that holds stores back.)
//
// Who lets go of a lock wants to know whether to wake anybody, and to know it for nothing. So there
// is one number for the process, of threads that sleep or are about to. let_go() loads it, after a
// light_fence() that costs nothing, and the one that goes to sleep pays for the pair of fences
// (asymmetric_fence.h). Where the kernel has no such fence the number never is 0, and who lets go
// looks into the queue every time.
//
// A bucket is a first-come list of the threads whose addresses fall to it; several addresses may.
// A Waiter is on its sleeping thread's stack:
//
// clang-format off
//     absent -> queued    its thread, in park(), under the bucket's mutex, if `still` agrees
//     queued -> woken     let_go(): off the list under the mutex, then posts its semaphore
//
// Invariants:
//  (P1) a thread sleeps only as long as its Waiter is queued or its semaphore is about to be posted;
//  (P2) no lost wake-up: what a thread does before let_go(address) is seen by `still` of any thread
//       that parks there, or else let_go() finds that thread queued, or another one has woken it
//       since. Proof: who parks stays counted until it is awake. Its heavy_fence() either comes after
//       what the other did, and `still` comes after the fence; or it comes before the other looks at
//       the number, which is not 0 then. Then both take the bucket's mutex: in one order the Waiter
//       is queued, in the other what was done is seen;
//  (P3) a Waiter is not touched after its semaphore has been posted (sem_post allows that the
//       semaphore is gone as soon as its waiter has been let through).
// clang-format on
#pragma once

#include <semaphore.h>

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "runtime/support/annotated_mutex.h"
#include "runtime/support/line_pair.h"
#include "strategies/policies/locks/asymmetric_fence.h"

namespace gilbench {

class ParkingLot {
 public:
  // Sleeps until it is this thread's turn in let_go(address), if still() says that there is
  // something to wait for. Which may be meant for what was at the address before: look again.
  template <class Still>
  static void park(const void* address, Still&& still) {
    const Counted counted;
    Waiter waiter(address);
    Bucket& bucket = bucket_of(address);
    {
      const MutexGuard guard(bucket.mutex);
      if (!still()) return;
      bucket.append(waiter);
    }
    waiter.sleep();
  }

  // After the change that `still` looks for. Wakes the thread that has slept longest at the
  // address, if any does. The address is not read: what was there may be gone.
  static void let_go(const void* address) noexcept {
    light_fence();  // (P2)
    if (somebody()) [[unlikely]]
      wake_one(address);
  }
  // Whether a thread sleeps anywhere, or is about to; always, without a heavy_fence().
  static bool somebody() noexcept {
    // relaxed: ordered by the fences.
    return sleepers.count.load(std::memory_order_relaxed) != 0;
  }

 private:
  struct Waiter {
    explicit Waiter(const void* lock) noexcept : address(lock) { sem_init(&woken, 0, 0); }
    ~Waiter() { sem_destroy(&woken); }
    Waiter(const Waiter&) = delete;
    Waiter& operator=(const Waiter&) = delete;

    void sleep() noexcept {
      while (sem_wait(&woken) != 0) {  // a signal came
      }
    }
    void wake() noexcept { sem_post(&woken); }

    const void* const address;
    Waiter* next = nullptr;  // under the bucket's mutex
    sem_t woken;
  };

  // Apart, so that one lock's waiters do not disturb another's.
  struct alignas(kLinePair) Bucket {
    void append(Waiter& waiter) GILBENCH_REQUIRES(mutex) {
      Waiter** end = &first;
      while (*end != nullptr) end = &(*end)->next;
      *end = &waiter;
    }
    Waiter* take(const void* address) GILBENCH_REQUIRES(mutex) {
      for (Waiter** place = &first; *place != nullptr; place = &(*place)->next) {
        Waiter* const waiter = *place;
        if (waiter->address != address) continue;
        *place = waiter->next;
        return waiter;
      }
      return nullptr;
    }

    Mutex mutex;
    Waiter* first GILBENCH_GUARDED_BY(mutex) = nullptr;
  };

  // This thread is one of the sleepers.
  struct Counted {
    Counted() noexcept {
      // relaxed: ordered by the fences.
      sleepers.count.fetch_add(1, std::memory_order_relaxed);
      if (kHasFence) heavy_fence();  // (P2)
    }
    // relaxed: whoever finds it too high looks in vain.
    ~Counted() { sleepers.count.fetch_sub(1, std::memory_order_relaxed); }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
  };

  [[gnu::noinline]] static void wake_one(const void* address) noexcept {
    Bucket& bucket = bucket_of(address);
    Waiter* first = nullptr;
    {
      const MutexGuard guard(bucket.mutex);
      first = bucket.take(address);
    }
    if (first != nullptr) first->wake();
  }

  // Threads that sleep or are about to, and one more unless there is a heavy_fence(). Apart from
  // what else is written: every unlock of an object reads it.
  struct alignas(kLinePair) Sleepers {
    std::atomic<std::uint32_t> count;
  };
  static inline constinit Sleepers sleepers{1};
  // Before main(), while nobody sleeps.
  static inline const bool kHasFence = [] {
    if (!enable_heavy_fence()) return false;
    // relaxed: there is one thread.
    sleepers.count.fetch_sub(1, std::memory_order_relaxed);
    return true;
  }();

  // A prime, as objects lie at multiples of 8; CPython's number. Few threads sleep at one time, so
  // that a list has one Waiter or two.
  static constexpr std::size_t kBuckets = 257;

  static Bucket& bucket_of(const void* address) noexcept {
    static constinit Bucket buckets[kBuckets];
    return buckets[reinterpret_cast<std::uintptr_t>(address) % kBuckets];
  }
};

}  // namespace gilbench
