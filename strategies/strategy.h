// The contract: what a strategy is made of, and what each policy must provide.
//
// A strategy is one struct that names four policies:
//
//     struct Strategy {
//       static constexpr std::string_view kName = "global_lock";
//       static constexpr std::string_view kSummary = "one lock for all, as CPython has it";
//       using Refs = PlainRefs;             // how objects are counted
//       using Locks = NoObjectLocks;        // how one object is guarded
//       using Threads = GlobalLockThreads;  // who may run bytecode
//       using Launch = ThreadLaunch;        // where workers live
//     };
//
// The runtime is compiled once for each object model, which is a pair of Refs and Locks, against
// the short names that strategies/current.h gives it. Strategies with the same pair share it:
// Threads and Launch are chosen when a world starts (strategies/choices.h). A policy is static
// functions over small state structs that live in the runtime's objects, threads and worlds; it
// never sees a runtime type, so it can be tested alone.
//
// What every policy may rely on, because the runtime keeps it everywhere:
//  (I1) Only an attached thread touches objects. attach and detach come in pairs on one thread.
//  (I2) A section holds no checkpoint, no blocking region, no program code and no other section
//       (the two-object section is one step, in address order). So an object's lock is held for a
//       bounded number of native instructions, and locks cannot deadlock.
//  (I3) retain is called only through a reference that keeps the object alive: one of the caller's
//       own, or one in a container whose section the caller holds.
//  (I4) An object is destroyed by the thread whose release returned true, and by no other.
#pragma once

#include <atomic>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>

namespace gilbench {

// Reasons for a thread to leave the fast path at its next checkpoint. A thread's `breaker` holds
// any set of them; the checkpoint's fast path is one relaxed load of it, compared with zero.
enum Break : std::uint32_t {
  kBreakDropLock = 1,   // another thread has waited one switch interval for the global lock
  kBreakInterrupt = 2,  // the run's time is up, or Ctrl-C: end with an error
  kBreakPolicy = 4,     // for the Threads policy's own use: stop the world
  kBreakCollect = 8,    // the heap has grown: collect at this checkpoint (memory/cycles.h)
  kBreakRefs = 16,      // for the Refs policy's own use: a queue to drain
  kBreakQuiesce = 32,   // another thread waits until this one has passed a checkpoint (retire.h)
  kBreakClose = 64,     // generators have died before their end: close them (memory/abandoned.h)
};

// The part of a thread that policies share with the runtime.
struct ThreadControl {
  std::atomic<std::uint32_t> breaker{0};
  // Instructions left until Threads::on_instructions, where there is one. Used by this thread
  // alone.
  std::int32_t instructions_left = 0;
  // The longest wait for its turn (policies/threads/wait_for_turn.h). Used by this thread alone.
  std::int64_t longest_wait_ns = 0;

  void request(Break reason) noexcept {
    // (S1) release: pairs with (S2); what the requester wrote before is seen.
    breaker.fetch_or(reason, std::memory_order_release);
  }
  bool taken(Break reason) noexcept {
    // (S2) acquire: pairs with (S1).
    return (breaker.fetch_and(~std::uint32_t{reason}, std::memory_order_acquire) & reason) != 0;
  }
};

struct WorldOptions {
  std::chrono::microseconds switch_interval{5000};
};

// Stands for an object's header in the concepts below: what Refs and Locks see of it.
template <class Refs, class Locks>
struct HeaderParts {
  [[no_unique_address]] typename Refs::Count count;
  [[no_unique_address]] typename Locks::Lock lock;
};

// What sys.getrefcount() says of an object that is not counted: the number of CPython 3.12.
inline constexpr std::int64_t kImmortalReferences = 0xFFFF'FFFF;

// Refs: reference counting. `h` has fields `count` and `lock`. What every policy has:
//  - init(h): a new object with one reference, owned by the calling thread.
//  - retain(h): one reference more. release(h): one less; true exactly once, for the last one.
//  - unique(h): true only if the caller's reference is the only one there is.
//  - references(h): how many there are, while the world is stopped; 0 for a dead object.
//  - references_now(h): how many there are, as far as the count can tell at any time; the caller
//    holds one. sys.getrefcount() says this number. kImmortalReferences for an object that is no
//    longer counted; 0 where nothing is counted.
//  - dead(h): whether it has been released for the last time; also true of a header of zeros, which
//    was never an object.
template <class Refs, class Locks>
concept CountsReferences = requires(HeaderParts<Refs, Locks>& h) {
  { Refs::init(h) } -> std::same_as<void>;
  { Refs::retain(h) } -> std::same_as<void>;
  { Refs::release(h) } -> std::same_as<bool>;
  { Refs::unique(h) } -> std::same_as<bool>;
  { Refs::references(h) } -> std::convertible_to<std::int64_t>;
  { Refs::references_now(h) } -> std::same_as<std::int64_t>;
  { Refs::dead(h) } -> std::same_as<bool>;
  { Refs::kCounts } -> std::convertible_to<bool>;
  { Refs::kReadsDead } -> std::convertible_to<bool>;
  { Refs::kImmortals } -> std::convertible_to<bool>;
  { Refs::kDefers } -> std::convertible_to<bool>;
};

// Beyond that a policy may promise capabilities. A policy that promises one and lacks a part of it
// does not compile. CompleteRefs supplies what a policy does not have
// (policies/refs/simple_refs.h).

// Promised by kImmortals: objects that are not counted, because they live as long as their world.
//  - make_immortal(h) takes an object out of the counting for good, while its world has one thread.
//    At its end the world calls unmake(h) and frees the object.
//  - immortal(h): whether the object is immortal or deferred. eternal(h): whether make_immortal()
//    made it so, if the policy can tell.
template <class Refs, class Locks>
concept HasImmortals = requires(HeaderParts<Refs, Locks>& h) {
  { Refs::make_immortal(h) } -> std::same_as<void>;
  { Refs::unmake(h) } -> std::same_as<void>;
  { Refs::immortal(h) } -> std::same_as<bool>;
  { Refs::eternal(h) } -> std::same_as<bool>;
};

// Promised by kDefers, beside kImmortals: functions, classes and modules of a program's top level
// are not counted either. defer(h) is called as each is made.
template <class Refs, class Locks>
concept Defers = HasImmortals<Refs, Locks> && requires(HeaderParts<Refs, Locks>& h) {
  { Refs::defer(h) } -> std::same_as<void>;
};

// Promised by kReadsDead, and where nothing is counted: references are read without a lock. With
// kReadsDead readers may look at an object's count after the object has died (its block still has a
// header).
//  - try_retain(h) gains a reference if the object is alive and shareable; it may refuse a living
//    one. A refused reader takes the container's lock, retains, and calls share(h).
//  - share(h): from now on try_retain(h) succeeds for as long as the object lives.
//  - try_retain_own(h): yes only if h is certainly the object just read (this thread owns it).
//  - alive_own(h): the same question, but gains nothing. After a yes the object lives until this
//    thread next releases a reference or passes a checkpoint.
template <class Refs, class Locks>
concept ReadsUnlocked = requires(HeaderParts<Refs, Locks>& h) {
  { Refs::try_retain(h) } -> std::same_as<bool>;
  { Refs::try_retain_own(h) } -> std::same_as<bool>;
  { Refs::alive_own(h) } -> std::same_as<bool>;
  { Refs::share(h) } -> std::same_as<void>;
};

// Promised by a Thread that is not empty: what the policy keeps for each thread.
//  - start: the thread can own objects. end: it no longer can.
//  - attached: the thread is the running one from here on. leave: it detaches.
//  - drain: answers kBreakRefs; also called before a thread stops the world or is stopped. leave
//    drains as well. Afterwards references(h) counts none that the thread only has in advance.
//  - leave, end and drain are called attached, and call destroy(h) for objects that turn out to be
//    dead.
//  - remind: called by another thread every 50 ms, so that this one gives back references held in
//    advance even if it only computes.
//  - adopt(h): makes the calling thread the owner of garbage that a collector found, which no other
//    thread can reach any more.
template <class Refs, class Locks>
concept KeepsThreadState = requires(HeaderParts<Refs, Locks>& h, typename Refs::Thread& thread,
                                    ThreadControl& control,
                                    void (*destroy)(HeaderParts<Refs, Locks>& h)) {
  { Refs::start(thread, control) } -> std::same_as<void>;
  { Refs::attached(thread) } -> std::same_as<void>;
  { Refs::remind(thread, control) } -> std::same_as<void>;
  {
    Refs::template drain<HeaderParts<Refs, Locks>>(thread, control, destroy)
    } -> std::same_as<void>;
  {
    Refs::template leave<HeaderParts<Refs, Locks>>(thread, control, destroy)
    } -> std::same_as<void>;
  { Refs::template end<HeaderParts<Refs, Locks>>(thread, control, destroy) } -> std::same_as<void>;
  { Refs::adopt(h) } -> std::same_as<void>;
};

// Promised by kCounts = false: nothing is counted, and a collector finds the dead
// (memory/tracing.h).
//  - mark(h): true the first time that this mark reaches the object. reached(h): whether it has.
//  - sweep(h): true when nothing has reached the object; takes the mark away.
//  - condemn(h): it is dead, and its memory is still needed. set_free(h): it is dead.
template <class Refs, class Locks>
concept Traces = requires(HeaderParts<Refs, Locks>& h) {
  { Refs::mark(h) } -> std::same_as<bool>;
  { Refs::reached(h) } -> std::same_as<bool>;
  { Refs::sweep(h) } -> std::same_as<bool>;
  { Refs::condemn(h) } -> std::same_as<void>;
  { Refs::set_free(h) } -> std::same_as<void>;
};

template <class Refs, class Locks>
consteval bool keeps_promises() {
  if (Refs::kImmortals && !HasImmortals<Refs, Locks>) return false;
  if (Refs::kDefers && !Defers<Refs, Locks>) return false;
  if ((Refs::kReadsDead || !Refs::kCounts) && !ReadsUnlocked<Refs, Locks>) return false;
  if (!std::is_empty_v<typename Refs::Thread> && !KeepsThreadState<Refs, Locks>) return false;
  return Refs::kCounts || Traces<Refs, Locks>;
}

template <class Refs, class Locks>
concept RefsPolicy = CountsReferences<Refs, Locks> && keeps_promises<Refs, Locks>();

// Stands for what Refs alone sees of a header.
template <class Refs>
struct CountPart {
  typename Refs::Count count;
};

// A Refs policy whose counts are wrong on purpose may report it:
//  - leaked(h): whether its count would have kept the object for ever; asked right after its last
//    release returned true. The runtime then keeps it until the world is emptied
//    (memory/quarantine.h), unless the cycle collector has taken it apart.
//  - take_metrics(): what it found since the last call, by name. Called while no other thread runs.
template <class Refs>
concept FindsLeaks = requires(CountPart<Refs>& h) {
  { Refs::leaked(h) } -> std::same_as<bool>;
  { Refs::take_metrics() } -> std::same_as<std::map<std::string, double>>;
};

// Locks: mutual exclusion over one object's contents. Not recursive; kLocks is false where a
// section compiles to nothing because something else already excludes the other threads.
template <class Refs, class Locks>
concept LocksPolicy = requires(HeaderParts<Refs, Locks>& h) {
  { Locks::init(h) } -> std::same_as<void>;
  { Locks::lock(h) } -> std::same_as<void>;
  { Locks::unlock(h) } -> std::same_as<void>;
  { Locks::kLocks } -> std::convertible_to<bool>;
};

// What work_on_stopped, below, calls on each thread.
using WorkOnStopped = void(ThreadControl&) noexcept;

// Threads: who may run bytecode.
//  - attach: returns when the thread may touch objects. detach: it no longer may; never blocks.
//  - on_break: the checkpoint's slow path, called attached, returns attached.
//  - kInstructionsPerCall: 0, or the number of instructions after which a thread calls
//    on_instructions, attached and between two bytecodes. It is noexcept: without a way out of
//    every instruction the loop keeps its operands in registers. (Only where objects have no
//    locks.)
//  - stop_world: called attached, where a checkpoint may stand, so in no section. True: the caller
//    stays attached, every other thread of the world is detached or parked at a checkpoint, none
//    attaches before the caller calls start_world, and no object's lock is held (I2). start_world
//    needs no memory and cannot fail: a guard's destructor calls it. False: another thread had the
//    world stopped. This one was parked as at any checkpoint, the world runs again, and the caller
//    is attached. The caller decides whether the other's work will do (a collection for the same
//    reason), or tries again.
//  - work_on_stopped, only where objects have locks (Locks::kLocks): between stop_world and
//    start_world, calls work(control) on the caller and on each thread that is parked at a
//    checkpoint.
template <class Threads>
concept ThreadsPolicy = requires(typename Threads::World& world, typename Threads::State& state,
                                 ThreadControl& control, const WorldOptions& options) {
  { Threads::configure(world, options) } -> std::same_as<void>;
  { Threads::attach(world, state, control) } -> std::same_as<void>;
  { Threads::detach(world, state, control) } -> std::same_as<void>;
  { Threads::on_break(world, state, control) } -> std::same_as<void>;
  { Threads::kInstructionsPerCall } -> std::convertible_to<std::int32_t>;
  { Threads::stop_world(world, state, control) } -> std::same_as<bool>;
  { Threads::start_world(world, state, control) }
  noexcept->std::same_as<void>;
};

// Launch: where workers live. The runtime's launcher for each placement is in
// runtime/launch/launch_*.cpp; the policy says which one, and what follows from it.
enum class Placement { kThreads, kProcesses, kWorlds, kTasks };

template <class Launch>
concept LaunchPolicy = requires {
  { Launch::kPlacement } -> std::convertible_to<Placement>;
  { Launch::kWorkersShareObjects } -> std::convertible_to<bool>;
};

template <class S>
concept StrategyContract = requires {
  { S::kName } -> std::convertible_to<std::string_view>;
  { S::kSummary } -> std::convertible_to<std::string_view>;
}
&&RefsPolicy<typename S::Refs, typename S::Locks>&&
    LocksPolicy<typename S::Refs, typename S::Locks>&& ThreadsPolicy<typename S::Threads>&&
        LaunchPolicy<typename S::Launch>;

}  // namespace gilbench
