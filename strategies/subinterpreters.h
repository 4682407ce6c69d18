// subinterpreters: a whole interpreter per worker, each with a lock of its own, in one process.
//
// What it is: `global_lock`, once for each worker. A worker is a thread with its own world: its own
// heap, constants, built-in classes, modules and lock. The bytecode is immutable and the same for
// all. Each world runs the module's body for itself; the state that setup() made, in the main
// world, is copied into it, and the result is copied back. CPython's interpreters also share the
// constants that are immortal; here each world has its own. Counts are plain, and constants are
// counted too, as under `global_lock`: two worlds that counted the same object would race, and not
// counting constants would change a second cell of the row.
//
// Who uses it: CPython since 3.12 (PEP 684, a lock per interpreter; PEP 734, their module), Ruby's
// Ractors, Perl's ithreads, V8's isolates, Tcl's threads.
//
// What it promises a program: no two workers ever touch the same object, as under `multi_process`;
// a module's globals are each worker's own. Workloads that share and change are skipped. Only data
// can be sent: plain values, containers of them, and instances of classes that the module defines.
//
// What sys.getrefcount() says: the count, with the reference that the call itself holds, as in
// CPython. So `a = []; b = a; sys.getrefcount(a)` is 3.
//
// What it costs: a world per worker (some thousand objects, made before the barrier:
// `startup_seconds`, and memory that is never shared), and copying arguments and results
// (`transfer_seconds`). Against `multi_process`: no fork, no pages copied on write, one address
// space, and none of its isolation from crashes.
#pragma once

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
inline namespace subinterpreters {

struct Strategy {
  static constexpr std::string_view kName = "subinterpreters";
  static constexpr std::string_view kSummary =
      "a world and a lock per worker, arguments and results copied (PEP 684)";
  using Refs = PlainRefs;
  using Locks = NoObjectLocks;
  using Threads = GlobalLockThreads;
  using Launch = WorldLaunch;
};

}  // namespace subinterpreters
}  // namespace gilbench
