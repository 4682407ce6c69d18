// global_lock_ticks: one lock for the whole interpreter, let go every 100 bytecodes, as Python 2
// had it.
//
// What it is: `global_lock` with another rule for who runs next. The running thread counts
// bytecodes; after 100 it releases the lock and takes it again at once, whether or not anybody
// waits. There is no request, no time limit and no forced switching.
//
// Who used it: CPython from 1992 until 3.2 (A. Pitrou's new GIL, 2009/2010), so every Python 2.
//
// What it promises a program: container operations are atomic, being one bytecode each. The switch
// may come between any two bytecodes, not only at calls and loop ends as in the other strategies:
// `x += 1` is torn in fact and not only in principle.
//
// What sys.getrefcount() says: the count, with the reference that the call itself holds, as in
// CPython. So `a = []; b = a; sys.getrefcount(a)` is 3.
//
// What it costs: a release and an acquire per 100 bytecodes with one thread. With several, what D.
// Beazley showed in 2009: each release wakes a thread that finds the lock taken again, so two
// computing threads on two cores take longer than the same work in sequence, and a thread that
// wakes up for a short answer may lose the race for the lock hundreds of times.
#pragma once

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
inline namespace global_lock_ticks {

struct Strategy {
  static constexpr std::string_view kName = "global_lock_ticks";
  static constexpr std::string_view kSummary =
      "one lock for the interpreter, let go every 100 bytecodes (Python 2)";
  using Refs = PlainRefs;
  using Locks = NoObjectLocks;
  using Threads = TickLockThreads;
  using Launch = ThreadLaunch;
};

}  // namespace global_lock_ticks
}  // namespace gilbench
