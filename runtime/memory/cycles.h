// The cycle collector of the strategies that count: finds the objects that are kept alive by each
// other alone, and takes them apart.
//
// The algorithm is CPython's (N. Schemenauer, 2000; Modules/gcmodule.c), a trial deletion over the
// whole heap that needs no roots. Each object that can hold references begins with its count. For
// each reference that one of them holds to another, one is subtracted there. Who has something left
// is referred to from outside: by a frame, by native code, by the world. These and all that they
// reach live; the rest is garbage. Which needs that counts are exact and that Type::visit names
// every reference that an object owns: one that it keeps to itself only delays a death, one that it
// invents would kill.
//
// The world is stopped while garbage is looked for, and runs again while it is taken apart: nobody
// else can reach garbage, so there is nobody to be kept away from it. (Programs here have neither
// __del__ nor weak references, so nothing of theirs can ask for an object that is dying. Generators
// that must be closed can: they and what they reach are kept until that is done, and are garbage
// for the next collection. See memory/abandoned.h.)
//
// Where threads run together, they collect together: each thread that the stopped world finds at a
// checkpoint looks through its own part of the heap (heap.h), all at the same time, and takes apart
// what it found when the world runs again. So most of a thread's objects are never seen by another
// core, and a worker's collections cost it the same whether it is alone or not. What parts cannot
// find lives on until a trial of the whole heap, by one thread: cycles through several parts, and
// garbage in parts of threads that are detached or have ended.
//
// When a collection is due. Let L be the number of objects that lived after the last trial of the
// whole heap, or after a later trial of parts if that left fewer, and
//
//     limit = max(L, HeapGrowth::kFirstLimit)
//
//  - A collection is due when the heap has gained `limit` objects since the last one. It looks at
//    parts where threads collect together, otherwise at the whole.
//  - A collection of the whole is due when the heap has grown to L + 2 * limit objects.
//
// A collection takes time in proportion to the objects that live. As many objects are allocated
// before it as it looks at in vain, so the total work is linear in the allocations. The heap holds
// at most L + 2 * limit objects, or L + limit without parts: three times L, or twice, where L is
// above kFirstLimit. Go's GOGC=100 is the same rule. CPython's full collections are due at a growth
// of a quarter; they follow young collections, and are rare besides. Growth is checked only where a
// list of free blocks has run dry, so it costs the usual allocation nothing.
#pragma once

#include <cstdint>

#include "runtime/memory/heap.h"
#include "runtime/memory/state.h"
#include "runtime/values/object.h"

GILBENCH_BEGIN

// Whether this strategy's counts can be believed.
inline constexpr bool kCollectsCycles = Refs::kCounts;
// Whether a collection that is due looks at first at each thread's part of the heap by itself, on
// that thread.
inline constexpr bool kCollectsParts = kCollectsCycles && kHasParts;

// In RunResult::metrics: what was left in cycles, and by them, where the collector did not come.
inline constexpr const char* kUncollected = "uncollected_objects";

// All on the attached thread, where a checkpoint may stand.

// Takes apart what the thread found in its part of the heap while it was stopped: right after it
// has been, and before it is again.
void finish_part_slow(ThreadMemory& thread);
inline void finish_part(ThreadMemory& thread) {
  if constexpr (kCollectsParts) {
    if (thread.trial != nullptr) [[unlikely]]
      finish_part_slow(thread);
  }
}

// The answer to kBreakCollect. A collection that lacks memory is given up in silence.
void collect_if_due(ThreadMemory& thread);
// gc.collect(): the number of unreachable objects that it found, counted as CPython does. Throws
// std::bad_alloc where there is no memory for its marks: it is given up, and nothing has changed.
std::int64_t collect_cycles(ThreadMemory& thread);
// At the session's end, when the world is empty: not the program's work, so it is not recorded.
// Needs no memory where there is none.
void collect_leftovers(ThreadMemory& thread);

GILBENCH_END
