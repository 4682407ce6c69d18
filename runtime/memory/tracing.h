// The tracing collector: what the rest of the runtime sees of it, and its state in a world. Only
// strategies whose Refs count nothing use it; the code is in runtime/memory/tracing/, and compiled
// for these alone.
//
// A collection, in the order of time (mark.cpp, roots.cpp, sweep.cpp):
//
//  1. A thread notices that enough has been allocated and asks itself, by kBreakCollect, to collect
//     at its next checkpoint. There it sweeps the chunks that nobody has swept since the last time.
//  2. It stops the world.
//  3. It marks: exactly from frames, worlds and objects, conservatively from C++ stacks, registers
//     and root spans (native_roots.h). Whatever is not black afterwards is garbage, for good. If
//     memory ends before the mark does, all becomes white again, the world starts, and the
//     collection is given up.
//  4. All lists of free blocks are forgotten: the coming sweep finds their blocks again. Large
//     objects are swept at once; chunks are listed as unswept, by size of block; the world starts.
//  5. A thread that has run out of free blocks of a size takes an unswept chunk of that size and
//     sweeps it: its dead objects are the thread's next free blocks, hot in the cache.
//
// So the pause, like the mark, is in proportion to what lives. The sweep, in proportion to the size
// of the heap, is done by all threads at the same time between the pauses. Blocks of an unswept
// chunk are on nobody's list, so new objects are always made in swept chunks: a white object there
// is new, and a white object in an unswept chunk is dead.
//
// When: after as much has been allocated as lived after the last collection, or kLeastBytes for
// each thread that runs, if that is more. The first half is the rule of Go's collector (GOGC=100)
// and of Boehm's: marking costs a constant for each byte allocated, however large the heap grows,
// and the heap is at most about twice what lives. The floor bounds what a small program pays: one
// thread allocates 8 MiB in 2 to 3 ms (binary_trees), and stopping the world and marking its 1300
// own objects takes about 80 us, some 3 %. The floor grows with the number of threads, because
// these allocate side by side and stop together. Bytes are counted where memory comes from: when a
// list of free blocks is filled, for objects too large for one, for buffers and the digits of large
// integers. The usual allocation counts nothing.
//
// What is not prompt here: a buffer that another one replaces is retired as in biased_refcount
// (retire.h), but an object that nobody refers to any more, its buffers and its socket wait for a
// collection. A program that opens sockets faster than it allocates would run out of descriptors
// under every tracing collector; it must close them, as the workloads do.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/memory/heap.h"
#include "runtime/support/annotated_mutex.h"

GILBENCH_BEGIN

struct Class;
struct ThreadMemory;
struct WorldMemory;

// The blocks of a chunk that are to be swept: those that had been handed out when the mark ended.
// Blocks handed out later may hold objects that are white because they are new.
struct UnsweptChunk {
  Chunk* chunk;
  std::size_t blocks;
  std::uint32_t part;  // the chunk's
};

// The collector's state in a world.
struct Tracing {
  static constexpr std::size_t kLeastBytes = std::size_t{8} << 20;  // for each running thread

  // relaxed, both: amounts that nothing is read through; a threshold may be seen one step later.
  std::atomic<std::size_t> allocated{0};  // bytes since the last collection
  std::atomic<std::size_t> threshold{kLeastBytes};
  // For tests: collect at every so many-th checkpoint of each thread. 0: by the rule above.
  int every_checkpoints = 0;

  Mutex mutex;
  // Chunks with what the last mark has left, by size class. A thread that takes one out has it to
  // itself, and sweeps it before its next checkpoint.
  std::vector<UnsweptChunk> unswept[ObjectHeap::kClasses] GILBENCH_GUARDED_BY(mutex);
  // Dead classes that dead instances still name as their types.
  Class* condemned GILBENCH_GUARDED_BY(mutex) = nullptr;  // the first; linked: see bury()

  // Generators of ended threads that may still have to be closed.
  std::vector<Object*> closable GILBENCH_GUARDED_BY(mutex);
  // On the world's last thread.
  const std::vector<Object*>& closable_of_ended() const {
    mutex.assume_held();
    return closable;
  }

  // relaxed: read by threads that were stopped for what it counts.
  std::atomic<std::uint64_t> collections{0};
};

// On an attached thread, where a checkpoint may stand: called through memory/cycles.h.
// The answer to kBreakCollect.
void trace_if_due(ThreadMemory& thread);
// gc.collect(): how many objects were garbage, in cycles or not. Another thread's collection that
// began after this call will do as well: then 0. Throws std::bad_alloc where the mark lacks memory:
// it is given up.
std::int64_t trace_now(ThreadMemory& thread);

// Memory is short: the current thread's next checkpoint collects, whatever the rule says.
void collect_soon(WorldMemory& world) noexcept;
// Frees every object of a world that has no roots left, on its last attached thread.
void free_all_objects(ThreadMemory& thread);
// Puts blocks of dead objects of that size class on the thread's list; false when none are left.
bool sweep_for(ThreadMemory& thread, std::size_t size_class);
// Brings the world's account up to date, and asks for a collection when it is time.
void account_allocated(ThreadMemory& thread);
// Called for all memory of objects and their buffers, where it is allocated.
void note_allocated(std::size_t bytes);

GILBENCH_END
