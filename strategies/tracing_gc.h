// tracing_gc: no counts; a collector stops the world and marks what can be reached.
//
// What it is: the other way to know when an object is dead. It differs from atomic_refcount in one
// cell: nothing is counted. (A collector must stop all threads together, which free threads here
// always can.) When as much has been allocated as lived after the last collection, the thread that
// notices stops the others at their next checkpoints, marks from the roots, and lets them go on.
// Each thread sweeps what was not marked as it needs memory. See runtime/memory/tracing/.
//
// Who uses it: Java's first and Go's every collector, JavaScript engines, Ruby, PyPy (generational
// and moving), Lua. "Python without reference counts" is PyPy's and IronPython's design.
//
// Why a collector of our own and not Boehm's library: the rows are to differ in the strategy alone.
// Here the allocator, the layout of objects, the checkpoints and the free lists stay those of the
// other rows; Boehm's collector brings its own allocator, stops threads by signals wherever they
// stand, and would scan lists and dicts word by word though their types can tell what they hold.
// The mark is exact for everything in the heap and conservative only for C++ stacks, registers and
// vectors of native code, where this runtime's native functions keep references.
//
// What it promises a program: every container operation is atomic (what that means, and the
// exceptions: runtime/objects/one_step.h), except that `in` asks a list's items one after the
// other. Threads run bytecode in parallel. A read may overtake what its own thread has just written
// to another object, as under biased_refcount. Cycles need no further collector.
//
// What it does not promise, and counting does: that an object dies, and a socket closes, when its
// last reference goes. That happens at some later collection. An abandoned generator, too, leaves
// its `with` and runs its `finally` at a later collection, or when the run ends.
//
// What sys.getrefcount() says: 0 for every object. Nobody counts.
//
// What it costs: pauses of all threads, in proportion to the live objects; memory, up to twice the
// live objects and more; and the sweep. What it saves: every retain and release, and with them the
// cache lines that threads would fight over.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/tracing_refs.h"

namespace gilbench {
inline namespace tracing_gc {

struct Strategy {
  static constexpr std::string_view kName = "tracing_gc";
  static constexpr std::string_view kSummary = "no counts; a collector stops the world and marks";
  using Refs = TracingRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace tracing_gc
}  // namespace gilbench
