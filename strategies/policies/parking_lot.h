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
// A bucket is a first-come list of the threads whose addresses fall to it; several addresses may.
// A Waiter is on its sleeping thread's stack:
//
// clang-format off
//     absent -> queued    its thread, in park(), under the bucket's mutex, if `still` agrees
//     queued -> woken     who unparks it: off the list under the mutex, then posts its semaphore
//
// Invariants:
//  (P1) a thread sleeps only as long as its Waiter is queued or its semaphore is about to be posted;
//  (P2) `still` and `leave` run under the same bucket's mutex: what `leave` does to the lock, a
//       `still` that comes later sees, and a Waiter that was queued before, `leave` is told of;
//  (P3) a Waiter is not touched after its semaphore has been posted (sem_post allows that the
//       semaphore is gone as soon as its waiter has been let through).
// clang-format on
#pragma once

#include <semaphore.h>

#include <cstddef>
#include <cstdint>

#include "runtime/support/annotated_mutex.h"

namespace gilbench {

class ParkingLot {
 public:
  // Sleeps until it is this thread's turn in unpark_one(address), if still() says that there is
  // something to wait for.
  template <class Still>
  static void park(const void* address, Still&& still) {
    Waiter waiter(address);
    Bucket& bucket = bucket_of(address);
    {
      const MutexGuard guard(bucket.mutex);
      if (!still()) return;
      bucket.append(waiter);
    }
    waiter.sleep();
  }

  // Wakes the thread that has slept longest at the address, if any does, after leave(others):
  // whether others will sleep on.
  template <class Leave>
  static void unpark_one(const void* address, Leave&& leave) {
    Bucket& bucket = bucket_of(address);
    Waiter* first = nullptr;
    {
      const MutexGuard guard(bucket.mutex);
      first = bucket.take(address);
      leave(bucket.has(address));
    }
    if (first != nullptr) first->wake();
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

  // On a cache line of its own, so that one lock's waiters do not disturb another's.
  struct alignas(64) Bucket {
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
    bool has(const void* address) const GILBENCH_REQUIRES(mutex) {
      const Waiter* waiter = first;
      while (waiter != nullptr && waiter->address != address) waiter = waiter->next;
      return waiter != nullptr;
    }

    Mutex mutex;
    Waiter* first GILBENCH_GUARDED_BY(mutex) = nullptr;
  };

  // A prime, as objects lie at multiples of 8; CPython's number. Few threads sleep at one time, so
  // that a list has one Waiter or two.
  static constexpr std::size_t kBuckets = 257;

  static Bucket& bucket_of(const void* address) noexcept {
    static constinit Bucket buckets[kBuckets];
    return buckets[reinterpret_cast<std::uintptr_t>(address) % kBuckets];
  }
};

}  // namespace gilbench
