// biased_deferred: biased counts; constants and code are not counted.
//
// What it is: the third rung from atomic_refcount to biased_refcount. One thing differs from
// biased_immortal: the functions, classes and modules of a program's top level are not counted
// either, so a call from several threads no longer writes to the function that all of them call.
//
// PEP 703 defers these counts: references from frames are not counted, and a collection, which
// looks at the frames, finds out whether the object is dead. Here, as in CPython 3.13, such objects
// are not counted from the moment they are made, and die when their world ends. Functions made
// inside functions are counted as before, so a program that makes closures in a loop keeps none of
// them.
//
// What it promises a program: what biased_immortal does.
//
// What sys.getrefcount() says: the owner's count and the others' added up, each at a moment of its
// own, with the reference that the call itself holds. `a = []; b = a; sys.getrefcount(a)` is 3. An
// object that waits in its owner's queue has one more, the queue's. For what is immortal it says
// 4,294,967,295, as CPython 3.12 does: for constants, for top-level functions, classes and modules,
// and for any object from some 2^29 references on.
//
// What it costs: the memory of top-level functions and classes that are replaced while a program
// runs.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/biased_refs.h"

namespace gilbench {
inline namespace biased_deferred {

struct Strategy {
  static constexpr std::string_view kName = "biased_deferred";
  static constexpr std::string_view kSummary = "biased_immortal, code deferred";
  using Refs = BiasedDeferredRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace biased_deferred
}  // namespace gilbench
