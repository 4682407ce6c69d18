// event_loop: all workers are tasks on one OS thread, and a task that has to wait makes room for
// another.
//
// What it is: the runtime without any lock or atomic count, and one loop (Boost.Asio). A worker is
// a task with frames and a C++ stack of its own. When a native function would block in a sleep, on
// a socket, a pipe or a threading.Lock, its task is suspended until the loop sees that it can go
// on. Programs do not change: there is no `await`, the functions that block are the places to wait.
//
// Who uses it: asyncio, Node.js, nginx, Redis; with stacks of their own and no `await`, as here,
// gevent and greenlet, Lua's coroutines in OpenResty, and Go's and Java's virtual threads (on
// several OS threads).
//
// What it promises a program: no other worker runs between two places where a worker may wait, so
// even `x += 1` is whole. A worker that computes is not interrupted, as in asyncio.
//
// What sys.getrefcount() says: the count, with the reference that the call itself holds, as in
// CPython. So `a = []; b = a; sys.getrefcount(a)` is 3.
//
// What it costs: bytecode on one core, and no turn for the others while one worker computes. A file
// is always ready, so reading it holds up everybody, as do hashing and compressing: only waits
// overlap. What it gains: a worker that waits costs a few pages of memory and a few microseconds.
#pragma once

#include "strategies/policies/locks/no_object_locks.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/plain_refs.h"

namespace gilbench {
inline namespace event_loop {

struct Strategy {
  static constexpr std::string_view kName = "event_loop";
  static constexpr std::string_view kSummary =
      "workers are tasks on one thread, suspended where they wait (asyncio, gevent)";
  using Refs = PlainRefs;
  using Locks = NoObjectLocks;
  using Threads = EventLoopThreads;
  using Launch = TaskLaunch;
};

}  // namespace event_loop
}  // namespace gilbench
