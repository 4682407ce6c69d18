// unsynchronized: plain counts without any lock, and what comes of it.
//
// What it is: the first idea of everybody who wants the global lock gone: just take it away.
// Threads run bytecode together and count references by a load, an addition and a store each. It
// differs from atomic_refcount in one cell, the counts, and shows what that row's locked
// instruction is for.
//
// Who uses it: nobody for long. Guido van Rossum's "It isn't Easy to Remove the GIL" (2007) and
// Greg Stein's patch for Python 1.4 (1996) tell of those who tried; every C extension that releases
// the lock and touches an object anyway is a small case of it.
//
// What it promises a program: the right answers all the same, because nothing acts on the torn
// counts: exact ones beside them decide. Container operations are atomic, under a lock per object
// as in atomic_refcount (runtime/objects/one_step.h): torn contents could not be shown without
// corrupting the process, so only the counts are torn here.
//
// What it tells, in each run's metrics: lost_count_updates, leaked_by_lost_updates and
// freed_while_in_use. One worker: all are zero. Two workers: an object that both mention loses
// updates by the thousand, None first of all, and sooner or later None would have been freed.
//
// What sys.getrefcount() says: the torn count, so what plain counting would have come to. With one
// worker `a = []; b = a; sys.getrefcount(a)` is 3; with several, that of None may be anything.
//
// What it costs: more than atomic_refcount, because it counts twice. Its times say nothing.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/torn_refs.h"

namespace gilbench {
inline namespace unsynchronized {

struct Strategy {
  static constexpr std::string_view kName = "unsynchronized";
  static constexpr std::string_view kSummary =
      "counts torn on purpose: what the lock protects from";
  using Refs = TornRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace unsynchronized
}  // namespace gilbench
