// The parking lot: where threads sleep while they wait for a lock of one byte.
//
// A lock needs a queue of its waiters, and an object's header has no room for one. But a thread
// waits for one lock at a time, so the queues can live outside: in one table for the process, found
// by the lock's address. This is WebKit's ParkingLot (F. Pizlo, "Locking in WebKit", 2016); CPython
// uses it for PyMutex and critical sections (Python/parking_lot.c). The kernel's futex is the same
// idea, for words of 32 bits.
//
// The naive way, "look at the lock, then sleep", loses a wake-up that comes between the two. Here
// the second look is under the mutex of the queue, and a waker takes the same mutex.
//
// (tests/models/parking_lot.pml models all of this for spin, on a processor that delays stores.)
//
// A thread that unlocks must learn whether to wake anybody, and learn it for free. So the process
// has one number, `sleepers`: the threads that sleep or are about to. let_go() loads it after a
// light_fence(), which costs nothing; a thread that goes to sleep pays with a heavy_fence()
// (asymmetric_fence.h). Where the kernel has no such fence the number is never 0, and every
// let_go() looks into the queue.
//
// A bucket is a first-come list of the threads that wait at the addresses which hash to it. A
// Waiter is on its sleeping thread's stack:
//
// clang-format off
//     absent -> queued    its thread, in park(), under the bucket's mutex, if `still` agrees
//     queued -> woken     let_go(): off the list under the mutex, then posts its semaphore
//
// Invariants:
//  (P1) a thread sleeps only as long as its Waiter is queued or its semaphore is about to be posted;
//  (P2) no lost wake-up. Let W make a change and call let_go(address), and let S park there. Then
//       S's `still` sees the change, or let_go() finds S queued, or another thread has woken S
//       since. Proof: S is counted in `sleepers` until it is awake. If S's heavy_fence() comes
//       after W's change, then `still`, which comes after the fence, sees the change. Otherwise the
//       fence comes before W reads the number, and W finds it above 0. Then both take the bucket's
//       mutex: if S is first, its Waiter is queued; if W is first, `still` sees the change;
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
  // Sleeps until let_go(address) wakes this thread, if still() says that there is something to wait
  // for. The wake-up may be meant for an earlier lock at this address: look again.
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

  // Called after the change that `still` looks for. Wakes the thread that has slept longest at the
  // address, if there is one. Does not read the address: the lock may be gone.
  static void let_go(const void* address) noexcept {
    light_fence();  // (P2)
    if (somebody()) [[unlikely]]
      wake_one(address);
  }
  // Whether any thread sleeps or is about to. Always true where there is no heavy_fence().
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

  // On cache lines of its own, so that one lock's waiters do not disturb another's.
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

  // Counts this thread among the sleepers while it lives.
  struct Counted {
    Counted() noexcept {
      // relaxed: ordered by the fences.
      sleepers.count.fetch_add(1, std::memory_order_relaxed);
      if (kHasFence) heavy_fence();  // (P2)
    }
    // relaxed: a thread that finds it too high looks in vain.
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

  // Threads that sleep or are about to, plus one where there is no heavy_fence(). On cache lines of
  // its own, because every unlock of an object reads it.
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

  // A prime, because objects lie at multiples of 8; CPython's number. Few threads sleep at one
  // time, so a list has one Waiter or two.
  static constexpr std::size_t kBuckets = 257;

  static Bucket& bucket_of(const void* address) noexcept {
    static constinit Bucket buckets[kBuckets];
    return buckets[reinterpret_cast<std::uintptr_t>(address) % kBuckets];
  }
};

}  // namespace gilbench
