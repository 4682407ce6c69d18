// global_lock: one lock for the whole interpreter, as CPython has it.
//
// What it is: counts are plain integers and objects have no locks, because only the thread that
// holds the world's one lock may run bytecode. The lock changes hands when its holder enters a
// blocking region (a read, a sleep, a hash of a long buffer), or when another thread has waited for
// one switch interval, 5 ms, and the holder reaches its next checkpoint.
//
// Who uses it: CPython up to today's default build, and in their own forms Ruby's YARV and PyPy.
//
// What it promises a program: container operations are atomic, because no checkpoint lies inside
// one. Statements are not: `x += 1` is several bytecodes, and a checkpoint may come between them.
//
// What sys.getrefcount() says: the count, with the reference that the call itself holds, as in
// CPython. So `a = []; b = a; sys.getrefcount(a)` is 3.
//
// What it costs: nothing with one thread; that is its reason. With several, only one runs bytecode
// at a time, whatever the number of cores, and a thread that wakes up for a short answer waits up
// to one switch interval behind a thread that computes.
#pragma once

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
inline namespace global_lock {

struct Strategy {
  static constexpr std::string_view kName = "global_lock";
  static constexpr std::string_view kSummary =
      "one lock for the interpreter, 5 ms switch interval (CPython)";
  using Refs = PlainRefs;
  using Locks = NoObjectLocks;
  using Threads = GlobalLockThreads;
  using Launch = ThreadLaunch;
};

}  // namespace global_lock
}  // namespace gilbench
