// biased_immortal: biased counts; objects that live for ever are not counted.
//
// What it is: the second rung from atomic_refcount to biased_refcount. One thing differs from
// atomic_immortal: the thread that made an object counts its references without atomic
// instructions, and the others share an atomic count (policies/refs/biased_refs.h).
//
// Who uses it: Swift's implementers studied it on its own (Choi, Shull and Torrellas, PACT 2018);
// with the rungs that follow it is CPython without the lock (PEP 703).
//
// What it promises a program: what atomic_refcount does. When another thread than the owner, which
// made it, gives up an object's last reference, the object dies at once if the owner is blocked,
// asleep, waiting or has ended. If the owner runs, the object dies at the owner's next checkpoint:
// a call or a turn of a loop.
//
// What sys.getrefcount() says: the owner's count and the others' added up, each at a moment of its
// own, with the reference that the call itself holds. `a = []; b = a; sys.getrefcount(a)` is 3. An
// object that waits in its owner's queue has one more, the queue's. For what is immortal it says
// 4,294,967,295, as CPython 3.12 does; also for any object from some 2^29 references on.
//
// What it costs: a header of 24 bytes, a compare of thread ids for each count, and a queue for
// objects that die far from their owner.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/biased_refs.h"

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
