// multi_process: a process per worker, as Python's multiprocessing makes them with fork.
//
// What it is: the runtime without any lock. The workload's setup runs in the parent; then each
// worker is forked, so it starts with everything that the parent had. It sends its result back
// through a pipe, serialised; the parent reads them all and combines them.
//
// Who uses it: every Python program that uses multiprocessing or a pre-fork server for its cores;
// PostgreSQL, Unicorn, and browsers in another way.
//
// What it promises a program: no two workers ever touch the same object; so no data race, and no
// sharing either: what one worker changes, no other sees. Workloads that share and change are
// skipped.
//
// What sys.getrefcount() says: the count, with the reference that the call itself holds, as in
// CPython. So `a = []; b = a; sys.getrefcount(a)` is 3.
//
// What it costs: start-up, the copying of results (`transfer_seconds`), and memory: pages are
// shared until they are written, and with counts in the objects even reading an object writes its
// page (`memory_written_bytes`).
#pragma once

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
inline namespace multi_process {

struct Strategy {
  static constexpr std::string_view kName = "multi_process";
  static constexpr std::string_view kSummary = "a forked process per worker, results sent back";
  using Refs = PlainRefs;
  using Locks = NoObjectLocks;
  using Threads = Alone;
  using Launch = ProcessLaunch;
};

}  // namespace multi_process
}  // namespace gilbench
