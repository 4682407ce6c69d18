// The policies that the strategies' headers name, as lists for typed tests, and what tests need to
// use them as the runtime does. A policy that a new strategy brings is in the lists by itself.
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <boost/mp11.hpp>
#include <type_traits>

#include "every_strategy.h"  // CMake's list: EveryStrategy
#include "every_threads.h"   // likewise: all policies of Threads and Launch
#include "strategies/policies/refs/simple_refs.h"
#include "strategies/strategy.h"

namespace gilbench {

using Strategies = EveryStrategy<boost::mp11::mp_list>;

template <class S>
using FillsContract = std::bool_constant<StrategyContract<S>>;

// Two policies that stand in one header, as the runtime calls them.
template <class R, class L>
struct Pair {
  using Refs = CompleteRefs<R>;
  using Locks = L;
  static_assert(RefsPolicy<R, L> && LocksPolicy<R, L>);
};

template <class S>
using PairOf = Pair<typename S::Refs, typename S::Locks>;
using EveryPair = boost::mp11::mp_unique<boost::mp11::mp_transform<PairOf, Strategies>>;

template <class P>
using Counts = std::bool_constant<P::Refs::kCounts>;
using CountingPairs = boost::mp11::mp_copy_if<EveryPair, Counts>;

template <class P>
using PromisesImmortals = std::bool_constant<P::Refs::kImmortals>;
using ImmortalPairs = boost::mp11::mp_copy_if<EveryPair, PromisesImmortals>;

// Where objects have locks, several threads use one object at a time.
template <class P>
using IsLocked = std::bool_constant<P::Locks::kLocks>;
using LockedPairs = boost::mp11::mp_copy_if<EveryPair, IsLocked>;
using SharedPairs = boost::mp11::mp_copy_if<CountingPairs, IsLocked>;

template <class P, class Q>
using SameLocks = std::is_same<typename P::Locks, typename Q::Locks>;
using EveryLockPair = boost::mp11::mp_unique_if<LockedPairs, SameLocks>;

template <class S>
using ThreadsOf = typename S::Threads;
using EveryThreadsPolicy = boost::mp11::mp_unique<boost::mp11::mp_transform<ThreadsOf, Strategies>>;

// Those that several threads of one world live under.
template <class S>
using HasThreads = std::bool_constant<S::Launch::kPlacement == Placement::kThreads>;
using SharingThreadsPolicies = boost::mp11::mp_unique<
    boost::mp11::mp_transform<ThreadsOf, boost::mp11::mp_copy_if<Strategies, HasThreads>>>;

template <class List>
using TestTypes = boost::mp11::mp_rename<List, testing::Types>;

// An object as the policies see it, with something in it.
template <class P>
struct Thing : HeaderParts<typename P::Refs, typename P::Locks> {
  Thing() {
    P::Refs::init(*this);
    P::Locks::init(*this);
  }
  // Destruction, by whoever is told that it was the last (I4). Plain on purpose: it has to see what
  // the others did.
  void end() {
    ++ends;
    for (const int value : contents) sum_at_end += value;
  }
  std::array<int, 8> contents{};
  int ends = 0;
  int sum_at_end = 0;
};

// A thread as Refs sees those of the runtime: it is made attached, drains its queue at checkpoints,
// and ends. Objects of type H are ended by h.end().
template <class P, class H = Thing<P>>
class RefsThread {
 public:
  using Refs = typename P::Refs;

  RefsThread() {
    Refs::start(state_, control_);
    attach();
  }
  ~RefsThread() {
    attach();
    Refs::template end<H>(state_, control_, end_object);
  }
  RefsThread(const RefsThread&) = delete;
  RefsThread& operator=(const RefsThread&) = delete;

  void attach() { Refs::attached(state_); }
  // In a blocking region: others act for it, until it attaches again.
  void detach() { Refs::template leave<H>(state_, control_, end_object); }
  void remind() { Refs::remind(state_, control_); }
  void checkpoint() { Refs::template drain<H>(state_, control_, end_object); }
  // Whether the checkpoint's fast path is left.
  bool asked() const { return control_.breaker != 0; }

 private:
  static void end_object(H& h) { h.end(); }

  ThreadControl control_;
  [[no_unique_address]] typename Refs::Thread state_;
};

template <class P, class H>
void drop(H& h) {
  if (P::Refs::release(h)) h.end();
}

}  // namespace gilbench
