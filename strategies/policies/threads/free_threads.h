// Threads: all attached threads run bytecode at the same time; Refs and Locks protect the objects.
// A thread waits only for a stopped world: a collector needs all other threads to keep off the
// objects for a while.
//
// The handshake is that of CPython's free-threaded build (PEP 703; Python/pystate.c): a word in
// each thread says whether it is attached. So a thread in a blocking region need not wake up to be
// stopped, and attach and detach cost one compare-and-swap each, of a word that nobody else writes
// unless somebody stops the world. CPython's stopper polls for threads that detach by themselves.
// Here a state of its own (stopping) sends these through the slow path, where they report, so the
// stopper sleeps until the last one has. Both sides poll a little before they sleep: a thread is
// rarely far from its next checkpoint, a small heap is soon collected, and a wake-up takes as long
// as either.
//
// tests/models/free_threads.pml models the handshake for spin, with faulty variants that spin
// refutes.
//
// Threads that wait at a checkpoint can share the work that is done while the world is stopped:
// each does its part in work_on_stopped(), on its own stack and in its own core's caches.
//
// clang-format off
// State::word:
//
//     0 detached    touches no objects, may attach
//     1 attached    touches objects
//     2 stopping    touches objects; has been asked to stop, and counts in World::missing
//     3 suspended   touches no objects, and may not attach before the world starts again
//
//     detached  -> attached    the thread, in attach()
//     attached  -> detached    the thread, in detach()
//     attached  -> stopping    the stopper, in stop_world(), under `mutex`
//     detached  -> suspended   the stopper, in stop_world(), under `mutex`
//     stopping  -> suspended   the thread, in on_break(), detach() or stop_world(), under `mutex`
//     suspended -> detached    the stopper, in start_world(), under `mutex`
//
// A new thread is detached, or suspended if the world is stopped then. The stopper itself stays
// attached.
//
// Invariants:
//  - `stopper` is null, or the one thread that is between stop_world() and start_world();
//  - while `stopper` is set, every other word is stopping or suspended (they are moved in the same
//    hold of the mutex that sets it, and no thread leaves these two states by itself). `missing` is
//    the number of those that are stopping; stop_world() returns when it is 0;
//  - kBreakPolicy is set in a breaker exactly while its thread's word is stopping;
//  - while `work` is set, exactly the threads of this stop that are suspended at a checkpoint
//    (`helps`) call it, once each: a thread begins with `rounds_before` and remembers the last
//    round that it has seen. `working` is the number of those that have not returned;
//    work_on_stopped() returns when it is 0, so before the world starts;
//  - no lost wake-up: `stopped` is signalled under `mutex` when missing or working becomes 0,
//    `started` when the words become detached or `work` is set. Waiters test these conditions under
//    `mutex`.
// clang-format on
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <thread>
#include <utility>

#include "runtime/support/annotated_mutex.h"
#include "strategies/policies/threads/wait_for_turn.h"
#include "strategies/strategy.h"

namespace gilbench {

struct FreeThreads {
  static constexpr std::int32_t kInstructionsPerCall = 0;

  struct State;

  struct World {
    Mutex mutex;
    std::condition_variable stopped;  // missing became 0, or working
    std::condition_variable started;  // suspended threads became detached, or there is work
    State* first GILBENCH_GUARDED_BY(mutex) = nullptr;  // of those that ever attached, and live
    State* stopper GILBENCH_GUARDED_BY(mutex) = nullptr;
    std::atomic<int> missing{0};  // changed under `mutex`
    WorkOnStopped* work GILBENCH_GUARDED_BY(mutex) = nullptr;
    std::atomic<std::uint64_t> rounds{0};  // of work; changed under `mutex`
    std::atomic<int> working{0};           // changed under `mutex`
  };

  enum Word : std::uint32_t { kDetached, kAttached, kStopping, kSuspended };

  struct State {
    State() = default;
    ~State() {
      if (world != nullptr) forget(*this);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    std::atomic<std::uint32_t> word{kDetached};
    World* world = nullptr;            // set by the first attach()
    ThreadControl* control = nullptr;  // likewise
    bool helps = false;                // it waits at a checkpoint; under the world's mutex
    std::uint64_t rounds_before = 0;   // World::rounds, where it helps, as its wait began
    // In the world's list, under its mutex. Linked through the threads themselves, so attaching
    // needs no memory.
    State* next = nullptr;
  };

  static void configure(World&, const WorldOptions&) noexcept {}

  static void attach(World& world, State& state, ThreadControl& control) {
    if (state.world == nullptr) [[unlikely]]
      remember(world, state, control);
    // (F1) acquire: pairs with (F3) and (F5); what a collector wrote to the objects is seen.
    while (!move(state, kDetached, kAttached, std::memory_order_acquire)) {
      wait_for_start(world, state);
    }
  }

  static void detach(World& world, State& state, ThreadControl&) {
    // (F2) release: pairs with (F4); the stopper sees what was written to the objects.
    if (!move(state, kAttached, kDetached, std::memory_order_release)) [[unlikely]] {
      const MutexGuard guard(world.mutex);
      suspend(world, state, false);
    }
  }

  static void on_break(World& world, State& state, ThreadControl& control) {
    // relaxed: only this thread leaves kStopping; a thread that came here for another reason may
    // see it one checkpoint later.
    if (state.word.load(std::memory_order_relaxed) != kStopping) return;
    MutexGuard guard(world.mutex);
    suspend(world, state, true);
    guard.unlock();
    attach(world, state, control);
  }

  static bool stop_world(World& world, State& state, ThreadControl& control) {
    MutexGuard guard(world.mutex);
    if (world.stopper != nullptr) {  // then this thread is stopping, by the invariant
      suspend(world, state, true);
      guard.unlock();
      attach(world, state, control);
      return false;
    }
    world.stopper = &state;
    for (State* other = world.first; other != nullptr; other = other->next) {
      if (other != &state) ask(world, *other);
    }
    guard.unlock();
    const WaitForTurn wait(control);
    // relaxed: it is looked at again under the mutex.
    look_until([&] { return world.missing.load(std::memory_order_relaxed) == 0; });
    guard.lock();
    // relaxed: under the mutex, which hands over what the others wrote.
    while (world.missing.load(std::memory_order_relaxed) > 0) world.stopped.wait(guard.native());
    return true;
  }

  // Called by the stopper. Calls work(control) here and, at the same time, on every thread that
  // waits at a checkpoint; returns when all have returned. All of them see what was written to
  // objects before. If no thread waits at a checkpoint, calls nothing and returns false.
  static bool work_on_stopped(World& world, State&, ThreadControl& control, WorkOnStopped* work) {
    MutexGuard guard(world.mutex);
    int helpers = 0;
    for (const State* other = world.first; other != nullptr; other = other->next) {
      helpers += other->helps ? 1 : 0;
    }
    if (helpers == 0) return false;
    world.work = work;
    // relaxed, all: under the mutex; those that look without it look again.
    world.working.store(helpers, std::memory_order_relaxed);
    world.rounds.fetch_add(1, std::memory_order_relaxed);
    world.started.notify_all();
    guard.unlock();
    work(control);
    look_until([&] { return world.working.load(std::memory_order_relaxed) == 0; });
    guard.lock();
    while (world.working.load(std::memory_order_relaxed) > 0) world.stopped.wait(guard.native());
    world.work = nullptr;
    return true;
  }

  // Needs no memory, and cannot fail: a guard's destructor calls it (memory/stopped_world.h).
  static void start_world(World& world, State&, ThreadControl&) noexcept {
    const MutexGuard guard(world.mutex);
    for (State* other = world.first; other != nullptr; other = other->next) {
      // (F3) release: pairs with (F1). relaxed on failure: that is the stopper, which is attached.
      move(*other, kSuspended, kDetached, std::memory_order_release);
      other->helps = false;
    }
    world.stopper = nullptr;
    world.started.notify_all();
  }

 private:
  static bool move(State& state, std::uint32_t from, std::uint32_t to,
                   std::memory_order order) noexcept {
    // relaxed on failure: the caller decides by the mutex, or tries again.
    return state.word.compare_exchange_strong(from, to, order, std::memory_order_relaxed);
  }

  // Polls for half a millisecond at most, and yields to every other thread that wants to run. On
  // two cores (AMD EPYC) a sleeper runs 25 us after it is notified; a small heap is collected in
  // ten times that.
  template <class Done>
  static void look_until(Done&& done) noexcept {
    const auto end = std::chrono::steady_clock::now() + std::chrono::microseconds(500);
    while (!done() && std::chrono::steady_clock::now() < end) std::this_thread::yield();
  }

  // Asks a thread to stop; a detached thread is suspended on the spot.
  static void ask(World& world, State& other) noexcept GILBENCH_REQUIRES(world.mutex) {
    // The thread may come and go meanwhile, but not for ever: each failure of one edge means that
    // the thread itself has just moved.
    for (;;) {
      // (F4) acquire: pairs with (F2).
      if (move(other, kDetached, kSuspended, std::memory_order_acquire)) return;
      // relaxed: the thread keeps the objects until it takes the mutex in suspend().
      if (move(other, kAttached, kStopping, std::memory_order_relaxed)) break;
    }
    world.missing.fetch_add(1, std::memory_order_relaxed);  // under the mutex
    other.control->request(kBreakPolicy);
  }

  // Called by a thread that was asked to stop. The mutex also hands its writes to the stopper.
  static void suspend(World& world, State& state, bool helps) noexcept
      GILBENCH_REQUIRES(world.mutex) {
    state.control->taken(kBreakPolicy);  // withdrawn: it asked for what happens now
    // relaxed: guarded by the mutex here and in start_world().
    state.word.store(kSuspended, std::memory_order_relaxed);
    state.helps = helps;
    // relaxed: under the mutex.
    state.rounds_before = world.rounds.load(std::memory_order_relaxed);
    // relaxed: under the mutex.
    if (world.missing.fetch_sub(1, std::memory_order_relaxed) == 1) world.stopped.notify_one();
  }

  [[gnu::noinline]] static void wait_for_start(World& world, State& state) {
    const WaitForTurn wait(*state.control);
    std::uint64_t seen = state.rounds_before;
    for (;;) {
      // relaxed, both: attach() acquires, and work is taken under the mutex.
      look_until([&] {
        return state.word.load(std::memory_order_relaxed) != kSuspended ||
               world.rounds.load(std::memory_order_relaxed) != seen;
      });
      MutexGuard guard(world.mutex);
      // relaxed, both: under the mutex. start_world(), which alone leaves kSuspended, and
      // work_on_stopped(), which counts rounds, hold it, too.
      if (state.word.load(std::memory_order_relaxed) != kSuspended) return;
      const std::uint64_t rounds = world.rounds.load(std::memory_order_relaxed);
      if (rounds == seen) {
        world.started.wait(guard.native());
        continue;
      }
      seen = rounds;
      if (!state.helps) continue;              // it came after this stop had begun
      WorkOnStopped* const work = world.work;  // set: the stopper waits for this thread
      guard.unlock();
      work(*state.control);
      guard.lock();
      // relaxed: under the mutex, which hands over what was written.
      if (world.working.fetch_sub(1, std::memory_order_relaxed) == 1) world.stopped.notify_one();
    }
  }

  // Into the world's list and out of it.
  [[gnu::noinline]] static void remember(World& world, State& state, ThreadControl& control) {
    const MutexGuard guard(world.mutex);
    state.world = &world;
    state.control = &control;
    state.next = std::exchange(world.first, &state);
    // (F5) release: pairs with (F1), as (F3). Nobody else has seen this thread yet.
    state.word.store(world.stopper == nullptr ? kDetached : kSuspended, std::memory_order_release);
  }
  static void forget(State& state) {
    const MutexGuard guard(state.world->mutex);
    State** place = &state.world->first;
    while (*place != &state) place = &(*place)->next;
    *place = state.next;
  }
};

}  // namespace gilbench
