// Deadlock among the locks of a program (threading.Lock, RLock): found when it closes, and
// reported.
//
// A waits-for graph, as database systems keep one (Bernstein, Hadzilacos, Goodman: "Concurrency
// Control and Recovery in Database Systems", 1987, section 3.4; Coffman's fourth condition): a
// thread waits for a lock, a lock is held by a thread. The naive reading, "a cycle is a deadlock",
// would be wrong here: Python lets any thread release a Lock, and programs use that. A thread that
// takes its own lock twice and sleeps until another one releases it is how threading.Condition
// waits. So what is reported is not a cycle but a set of threads that nobody can help:
//
//     A set D of threads is dead when each thread in it waits, without a time limit, for a lock
//     that is held, and everybody who may release that lock is in D or absent for good.
//
// Who may release a lock depends on how it was taken:
//  - owned: an RLock, or a Lock entered by a `with` of a function. Its holder alone may: a release
//    by anybody else makes the holder's own release at the end of the block an error of the
//    program.
//  - lent: a Lock taken by acquire() or __enter__(), or entered by a `with` of a generator, whose
//    block ends in the thread that resumes the generator next. Any thread of the world that has not
//    ended may. The same goes for a Lock that its own holder waits for: a release helps, since the
//    holder then takes it once more, and its block ends as it should.
// So a deadlock of locks taken by a function's `with` in opposite orders is reported at once,
// whatever other threads do. A ring through lent locks is reported when the last thread that might
// have released one of them blocks or ends. Until then it is no deadlock, and only the run's time
// limit ends it. A thread in a sleep, a read, a wait with a limit or in bytecode is never dead. The
// largest such D is what is left after every thread that contradicts the definition has been taken
// out, again and again.
//
// clang-format off
// A thread's place in the graph (its Participant), all under `mutex_`:
//
//     running -> waiting   itself, in begin_wait(), about to sleep; and back if that closes a deadlock
//     waiting -> running   itself, in end_wait(), before it tries to take the lock
//     running -> absent    itself: it ends, or it waits for all the others to end (pause)
//     absent  -> running   itself, in resume()
// clang-format on
//
// Why what is read is exact. A thread takes and releases locks only while it is not `waiting`, so
// all it did to any lock happened before it gave up `mutex_` in begin_wait(), and a thread that
// looks under `mutex_` later sees it. So if every thread that may change a lock's state word is
// waiting or absent, the word that is read is its last value and stays so. A thread that has been
// woken, or could be, waits for a lock whose word is free or names another, running holder; a
// thread that has taken its lock has left `waiting` first. No false deadlock is ever reported, and
// none is missed for long, because a waiting thread looks again every BlockingLock::kStep.
//
// The thread that closes the deadlock, or first sees it, gets an error in its own acquire. As the
// error unwinds, the thread releases what it holds by `with`, and the others go on.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/support/annotated_mutex.h"
#include "strategies/current.h"

GILBENCH_BEGIN

struct Thread;
class BlockingLock;

class WaitsForGraph {
 public:
  // A thread of the world that may take and release locks from here on, until leave() or, if the
  // thread could not be made, until this ends.
  struct Arrival {
    Arrival(WaitsForGraph& all, std::uint32_t thread) : graph(all), number(thread) {
      graph.arrive(number);
    }
    ~Arrival() { graph.forget(number); }
    Arrival(const Arrival&) = delete;
    Arrival& operator=(const Arrival&) = delete;

    WaitsForGraph& graph;
    const std::uint32_t number;  // ThreadMemory::number
  };
  // It has ended, whatever it still holds.
  void leave(const Thread& thread);
  // It waits for all other threads to end, as the main thread does for the workers.
  void pause(const Thread& thread);
  void resume(const Thread& thread);

  // The thread is about to sleep until the lock is released, without a time limit. Returns the
  // report if it would sleep for ever (then it must not); else empty. Where there is no memory to
  // look for a deadlock, none is seen this time.
  std::string begin_wait(const Thread& thread, const BlockingLock& lock);
  void end_wait(const Thread& thread);

  // Names locks in the order in which they are made.
  std::uint32_t next_lock_number() {
    // relaxed: a source of unique numbers.
    return lock_numbers_.fetch_add(1, std::memory_order_relaxed);
  }

 private:
  void arrive(std::uint32_t number);  // throws std::bad_alloc
  void forget(std::uint32_t number) noexcept;

  enum class Place { kRunning, kWaiting, kAbsent };
  struct Participant {
    Place place = Place::kAbsent;
    const BlockingLock* lock = nullptr;  // waiting: for which
    int worker = -1;                     // of a waiting or absent one; -1: the main thread
    bool ended = true;                   // absent: for good, or not there yet
  };

  std::vector<bool> dead_threads() const GILBENCH_REQUIRES(mutex_);
  bool can_be_dead(std::uint32_t number) const GILBENCH_REQUIRES(mutex_);
  static std::string describe(const std::vector<Participant>& threads, std::uint32_t last,
                              const std::vector<bool>& dead);

  Mutex mutex_;
  std::vector<Participant> participants_ GILBENCH_GUARDED_BY(mutex_){1};  // by number, 0 is nobody
  std::size_t living_ GILBENCH_GUARDED_BY(mutex_) = 0;                    // running or waiting
  std::size_t waiting_ GILBENCH_GUARDED_BY(mutex_) = 0;
  std::atomic<std::uint32_t> lock_numbers_{1};
};

GILBENCH_END
