// biased_refcount: PEP 703, CPython without the lock.
//
// What it is: the last rung. Beside biased_deferred reading has changed: items of lists, entries of
// dicts, attributes and cells are read without the lock of what holds them. A reader takes the
// pointer, retains the object if it is not dead, and looks again whether the pointer still stands
// there; if anything has changed, it takes the lock after all (objects/read.h). What a writer
// replaces, a list's old array, a dict's old table, is kept until no reader can be looking at it
// (memory/retire.h). And what readers have in common is not written to by each of them: a thread
// takes references to another's object by the batch, and keeps those that it does not need yet
// (policies/refs/ref_credits.h).
//
// Who uses it: CPython's free-threaded build (S. Gross, PEP 703; 3.13 and later), whose parts these
// are: biased counts, immortal and deferred objects, a lock of one byte with parking in each object
// for writers, reads without it, stop-the-world for the collector. Ours alone are the batches, that
// to unlock takes no locked instruction (policies/locks/object_mutex.h), and that all threads
// collect together (memory/cycles.h).
//
// What it promises a program: every container operation is atomic (what that means, and the
// exceptions: runtime/objects/one_step.h), but that `in` asks a list's items one after the other,
// as CPython's does. Threads run bytecode in parallel, and threads that only read share nothing
// that they write to. A read may overtake what its own thread has just written to another object:
// of two threads that each write one attribute and read the other's, both may read the old value.
// (Locks of threading order everything.) An object dies when it does
// under biased_immortal, or up to 100 ms later, where another thread has read it of late: what that
// one took in advance is asked back every 50 ms.
//
// What sys.getrefcount() says: the owner's count and the others' added up, each at a moment of its
// own, with the reference that the call itself holds. `a = []; b = a; sys.getrefcount(a)` is 3. An
// object that waits in its owner's queue has one more, the queue's. Of what is immortal it says
// 4,294,967,295, as CPython 3.12 does: of constants, and of top-level functions, classes and
// modules; and from some 2^29 on. References that other threads have taken in advance are counted
// with the rest, up to 127 for each thread that has read the object of late; the caller's own go
// back first.
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
