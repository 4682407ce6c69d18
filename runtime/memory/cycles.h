// The cycle collector of the strategies that count: finds the objects that are kept alive by each
// other alone, and takes them apart.
//
// The algorithm is CPython's (N. Schemenauer, 2000; Modules/gcmodule.c), a trial deletion over the
// whole heap that needs no roots. Each object that can hold references begins with its count. For
// each reference from one such object to another, one is subtracted from the target's. An object
// with something left is referred to from outside: by a frame, by native code, by the world. These
// objects and all that they reach live; the rest is garbage. This needs exact counts, and a
// Type::visit that names every reference that an object owns: a missing one only delays a death, an
// invented one would kill.
//
// The world is stopped while garbage is looked for, and runs again while it is taken apart: no
// other thread can reach garbage. (Programs here have neither __del__ nor weak references, so they
// cannot get at a dying object, except in generators that must be closed: these and what they reach
// are kept until that is done, and are garbage for the next collection. See memory/abandoned.h.)
//
// Where threads run together, they collect together: each thread that is stopped at a checkpoint
// looks through its own part of the heap (heap.h), all at the same time, and takes apart what it
// found when the world runs again. So most of a thread's objects are never seen by another core,
// and a worker's collections cost it the same whether it is alone or not. Two kinds of garbage live
// on until a trial of the whole heap, by one thread: cycles through several parts, and garbage in
// parts of threads that are detached or have ended.
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
// Whether a due collection first looks at each thread's part of the heap by itself, on that thread.
inline constexpr bool kCollectsParts = kCollectsCycles && kHasParts;

// In RunResult::metrics: the objects left in cycles, or kept alive by them, where the collector did
// not run.
inline constexpr const char* kUncollected = "uncollected_objects";

// All on the attached thread, where a checkpoint may stand.

// Takes apart what the thread found in its part of the heap while it was stopped. Called right
// after each stop, before the next.
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
// When the world has been emptied, at its end. This is not the program's work, so it is not
// recorded. It gets by without memory.
void collect_leftovers(ThreadMemory& thread);

GILBENCH_END
