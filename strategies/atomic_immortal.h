// atomic_immortal: atomic counts; objects that live for ever are not counted.
//
// What it is: the first rung from atomic_refcount to biased_refcount. It differs from
// atomic_refcount in one cell, the counts, and there in one thing: what a world makes for itself
// and for the program's text (None, small integers, interned names, constants, built-in types and
// functions) is immortal and not counted (PEP 683).
//
// Who uses it: CPython since 3.12 does not count its immortal objects, with or without the lock.
//
// What it promises a program: what atomic_refcount does.
//
// What sys.getrefcount() says: the count at one moment, with the reference that the call itself
// holds. `a = []; b = a; sys.getrefcount(a)` is 3. If other threads use the object, the count may
// have changed since. For an immortal object it says 4,294,967,295, as CPython 3.12 does.
//
// What it costs: a compare in front of each count, and the memory of constants that a program no
// longer mentions. What it gains: threads no longer share cache lines that none of them needs.
#pragma once

#include "strategies/policies/locks/object_mutex.h"
#include "strategies/policies/names.h"
#include "strategies/policies/refs/immortal_atomic_refs.h"

namespace gilbench {
inline namespace atomic_immortal {

struct Strategy {
  static constexpr std::string_view kName = "atomic_immortal";
  static constexpr std::string_view kSummary = "atomic_refcount, constants immortal (PEP 683)";
  using Refs = ImmortalAtomicRefs;
  using Locks = ObjectMutex;
  using Threads = FreeThreads;
  using Launch = ThreadLaunch;
};

}  // namespace atomic_immortal
}  // namespace gilbench
