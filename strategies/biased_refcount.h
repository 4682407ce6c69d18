// biased_refcount: PEP 703, CPython without the lock.
//
// What it is: the last rung. Reading differs from biased_deferred: items of lists, entries of
// dicts, attributes and cells are read without their container's lock. A reader takes the pointer,
// retains the object if it is not dead, and looks again whether the pointer still stands there; if
// anything has changed, it takes the lock after all (objects/read.h). A list's old array or a
// dict's old table, which a writer has replaced, is kept until no reader can be looking at it
// (memory/retire.h). And readers do not each write to the objects that they share: a thread takes
// references to another's object by the batch, and keeps those that it does not need yet
// (policies/refs/ref_credits.h).
//
// Who uses it: CPython's free-threaded build (S. Gross, PEP 703; 3.13 and later), which has the
// same parts: biased counts, immortal and deferred objects, a lock of one byte with parking in each
// object for writers, reads without it, stop-the-world for the collector. Three things are ours
// alone: the batches, unlocking without a locked instruction (policies/locks/object_mutex.h), and
// collections by all threads together (memory/cycles.h).
//
// What it promises a program: every container operation is atomic (what that means, and the
// exceptions: runtime/objects/one_step.h), except that `in` asks a list's items one after the
// other, as CPython's does. Threads run bytecode in parallel, and threads that only read do not
// write to what they share. A read may overtake what its own thread has just written to another
// object: of two threads that each write one attribute and read the other's, both may read the old
// value. (Locks of threading order everything.) An object dies when it does under biased_immortal,
// or up to 100 ms later if another thread has read it of late: references taken in advance are
// asked back every 50 ms.
//
// What sys.getrefcount() says: the owner's count and the others' added up, each at a moment of its
// own, with the reference that the call itself holds. `a = []; b = a; sys.getrefcount(a)` is 3. An
// object that waits in its owner's queue has one more, the queue's. For what is immortal it says
// 4,294,967,295, as CPython 3.12 does: for constants, for top-level functions, classes and modules,
// and for any object from some 2^29 references on. References that other threads have taken in
// advance are counted with the rest, up to 127 for each thread that has read the object of late;
// the caller gives its own back first.
//
// What it costs: a header of 24 bytes, a compare of thread ids for each count, a lock for each
// operation that writes; memory that waits for its readers; up to 1,024 objects of others in each
// thread that die up to 100 ms later.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/biased_refs.h"

namespace gilbench {
inline namespace biased_refcount {

struct Strategy {
  static constexpr std::string_view kName = "biased_refcount";
  static constexpr std::string_view kSummary = "biased counts, reads without locks (PEP 703)";
  using Refs = BiasedRefcountRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace biased_refcount
}  // namespace gilbench
