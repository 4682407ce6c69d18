// biased_immortal: biased counts, and none for what lives for ever.
//
// What it is: the second rung from atomic_refcount to biased_refcount. Beside atomic_immortal one
// thing has changed: the thread that made an object counts its references without atomic
// instructions, the others share an atomic count (policies/biased_refs.h).
//
// Who uses it: alone, Swift's implementers studied it (Choi, Shull and Torrellas, PACT 2018); with
// what follows, CPython without the lock (PEP 703).
//
// What it promises a program: what atomic_refcount does. An object that its maker has handed away
// for good may die a little later: when its owner passes a checkpoint.
//
// What it costs: a header of 24 bytes, a compare of thread ids for each count, and a queue for
// objects that die far from their owner.
#pragma once

#include "strategies/policies/biased_refs.h"
#include "strategies/policies/free_threads.h"
#include "strategies/policies/launch.h"
#include "strategies/policies/object_mutex.h"

namespace gilbench {
inline namespace biased_immortal {

struct Strategy {
  static constexpr std::string_view kName = "biased_immortal";
  static constexpr std::string_view kSummary = "biased counts, constants immortal";
  using Refs = BiasedImmortalRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace biased_immortal
}  // namespace gilbench
