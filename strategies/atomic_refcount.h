// atomic_refcount: every reference count an atomic integer, contents under a lock per object.
//
// What it is: the least change that lets threads run together. It differs from per_object_lock in
// one cell: a count is one atomic instruction instead of a lock, an addition and an unlock.
//
// Who uses it: Swift's reference counts and C++'s std::shared_ptr; Larry Hastings's Gilectomy
// (2016) started here and found one thread about 30 % slower and several slower than one.
//
// What it promises a program: every container operation is atomic (what that means, and the
// exceptions: runtime/objects/one_step.h). Threads run bytecode in parallel.
//
// What sys.getrefcount() says: the count at one moment, with the reference that the call itself
// holds. `a = []; b = a; sys.getrefcount(a)` is 3. If other threads use the object, the count may
// have changed since.
//
// What it costs: a locked instruction for each retain and release even when one thread is alone,
// and cache lines that travel between cores for every object that two threads mention. Nothing is
// exempt, not even None. That is the finding, and biased counts, immortal objects and deferred
// objects answer it.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/atomic_refs.h"

namespace gilbench {
inline namespace atomic_refcount {

struct Strategy {
  static constexpr std::string_view kName = "atomic_refcount";
  static constexpr std::string_view kSummary = "atomic counts, a lock per object for its contents";
  using Refs = AtomicRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace atomic_refcount
}  // namespace gilbench
