// Memory that readers without a lock may still be looking at: a list's old array, a dict's old
// table. It is freed when every thread has passed a checkpoint, or been detached, after the memory
// was unlinked.
//
// Quiescent-state-based reclamation: T. Hart, P. McKenney, A. Brown, J. Walpole, "Performance of
// Memory Reclamation for Lockless Synchronization" (2007), as CPython uses it (Python/qsbr.c). A
// reader does nothing at all. A checkpoint is the quiescent state, because no read without a lock
// spans one (I2 holds for such reads, too). The naive fix, a count of readers in each container,
// would have the readers write to one cache line again.
//
// The world has an epoch, and each thread says which epoch it has seen (`seen`; kOffline while it
// is detached). Retired memory waits in the thread that retired it. At first it is open. When
// enough is open and the thread comes to a checkpoint, it closes all of it as one batch with a
// goal: the epoch that this thread makes by adding 1. A thread that has seen the goal came past a
// checkpoint after the memory was unlinked. What is retired meanwhile stays open until the closed
// batch has been freed. Nothing is freed where it is retired: that may be in a section, or in the
// middle of a read whose reference turned out to be the last one. Freeing takes a mutex, and the
// thread's own reads are over at a checkpoint only.
//
// tests/models/retirement.pml models this for spin; tests/memory/retire_test.cpp tests it alone.
//
// Waiting needs no memory: a buffer's last word, which no reader looks at, links it to the next
// (kBufferLink in heap.h).
//
// clang-format off
//     seen: kOffline -> epoch      the thread, in attach()
//           epoch -> later epoch   the thread, at a checkpoint
//           epoch -> kOffline      the thread, in detach()
// clang-format on
//
// Invariants:
//  (Q1) a thread that reads without a lock has been online since before the read, and its `seen` is
//       not changed during it;
//  (Q2) memory is freed only when every online thread's `seen` >= its goal;
//  (Q3) a thread whose `seen` >= goal sees what was unlinked before the goal was made: epochs are
//       made by read-modify-writes only, so that each belongs to the release sequence of all
//       earlier ones, and `seen` is set to what an acquire load gave.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/memory/heap.h"
#include "runtime/support/annotated_mutex.h"
#include "strategies/strategy.h"

GILBENCH_BEGIN

// Whether any read goes without a lock; elsewhere nothing waits and all of this is empty. Where a
// collector traces, no object dies between two checkpoints, so only buffers have to wait.
inline constexpr bool kReadsUnlocked = Refs::kReadsDead || !Refs::kCounts;

class Retirement;

// Buffers that wait, linked through their last words.
class RetiredChain {
 public:
  bool empty() const noexcept { return first_ == nullptr; }
  void add(void* buffer) noexcept;
  void append(RetiredChain other) noexcept;
  void free_all() noexcept;
  RetiredChain take() noexcept { return std::exchange(*this, {}); }

 private:
  static void* next(void* buffer) noexcept;
  static void set_next(void* buffer, void* next) noexcept;
  void* first_ = nullptr;
  void* last_ = nullptr;
};

// One thread's part.
class Retired {
 public:
  Retired() = default;
  ~Retired() = default;
  Retired(const Retired&) = delete;
  Retired& operator=(const Retired&) = delete;

  void join(Retirement& world, ThreadControl& control);  // throws std::bad_alloc
  void leave() noexcept;      // detached; what still waits is left to the world
  void go_online() noexcept;  // attached
  void go_offline() noexcept;
  // At a checkpoint: answers kBreakQuiesce. Frees what has waited long enough, if enough waits.
  void quiesce() noexcept;

  // Called attached, after the buffer was unlinked. Keeps it at least until the next checkpoint.
  void retire(void* buffer) noexcept;

 private:
  friend class Retirement;
  static constexpr std::uint64_t kOffline = 0;
  // So many buffers wait before the thread looks whether any can be freed. 64, as in CPython's
  // qsbr.c: looking takes a mutex and a walk over the threads.
  static constexpr std::size_t kBatch = 64;
  // Or so many bytes: a list that grows leaves arrays behind that are half as large as itself.
  static constexpr std::size_t kBatchBytes = std::size_t{1} << 20;

  void close_batch() noexcept;
  void free_reached() noexcept;

  std::atomic<std::uint64_t> seen_{kOffline};
  Retirement* world_ = nullptr;
  ThreadControl* control_ = nullptr;
  RetiredChain open_;
  std::size_t open_count_ = 0;  // since the last look
  std::size_t open_bytes_ = 0;  // likewise
  bool batch_is_full_ = false;  // the next checkpoint looks
  RetiredChain waiting_;        // closed, until `goal_` is reached
  std::uint64_t goal_ = 0;
};

// The world's part.
class Retirement {
 public:
  Retirement() = default;
  ~Retirement();  // no thread is left
  Retirement(const Retirement&) = delete;
  Retirement& operator=(const Retirement&) = delete;

 private:
  friend class Retired;
  std::atomic<std::uint64_t> epoch_{1};
  Mutex mutex_;
  std::vector<Retired*> threads_ GILBENCH_GUARDED_BY(mutex_);
  // From threads that ended; all wait for the latest of their goals.
  RetiredChain orphans_ GILBENCH_GUARDED_BY(mutex_);
  std::uint64_t orphans_goal_ GILBENCH_GUARDED_BY(mutex_) = 0;
};

// Frees a list's array or a dict's table: now, or when no reader can be looking at it. Attached.
void retire_buffer(void* buffer) noexcept;

GILBENCH_END
