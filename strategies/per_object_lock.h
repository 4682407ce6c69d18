// per_object_lock: no lock for the interpreter, one in every object.
//
// What it is: the first idea everybody has. Each object carries a lock; its contents and its
// reference count are touched only under it. An operation on two objects takes both locks in the
// order of their addresses, so that two threads that work on the same two cannot wait for each
// other.
//
// Who uses it: Java's and C#'s synchronized containers, for the contents; Greg Stein's
// free-threading patch for Python 1.4 (1996) was of this kind, and was dropped for what it cost one
// thread.
//
// What it promises a program: every container operation is atomic, as under the global lock
// (what that means, and the exceptions: runtime/objects/one_step.h). Threads run bytecode in
// parallel.
//
// What sys.getrefcount() says: the count at one moment, with the reference that the call itself
// holds. `a = []; b = a; sys.getrefcount(a)` is 3. If other threads use the object, the count may
// have changed since.
//
// What it costs: two atomic instructions around each change of a count, a lock for each read of a
// list item or global name, and all threads queueing at the objects that all use: functions,
// small integers, the module's names.
#pragma once

#include "strategies/policies/names.h"
#include "strategies/policies/refs/latched_refs.h"

namespace gilbench {
inline namespace per_object_lock {

struct Strategy {
  static constexpr std::string_view kName = "per_object_lock";
  static constexpr std::string_view kSummary =
      "a lock in every object guards its contents and its count";
  using Refs = LatchedRefs;
  using Locks = LatchedMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace per_object_lock
}  // namespace gilbench
