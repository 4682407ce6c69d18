// The sweep of chunks is lazy: see tracing.h. A thread that sweeps has the chunk to itself, though
// others work on the live objects in it: what the sweep writes to are colours and dead objects.
//
// An object is given back by its type's `free`, as destroy() would: buffers, sockets and digests go
// with it. The references that it held are simply forgotten: nothing is counted, and what they led
// to has been marked or is garbage too. Nothing else of another object may be looked at, which may
// have been freed before, with one exception: the type, which for instances of the program's
// classes lies in the class. So dead classes are only condemned, and freed when all chunks have
// been swept.
#include "runtime/memory/tracing/sweep.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/memory/tracing.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

namespace {

void free_dead(Object* object) {
  Refs::set_free(*object);
  object->type->free(object);
}

// Condemned classes are linked through their bases, which nobody looks at any more: to bury needs
// no memory.
void bury(Tracing& tracing, Object* object) {
  if (object->type != &types::klass) return free_dead(object);
  Refs::condemn(*object);
  const MutexGuard guard(tracing.mutex);
  as<Class>(object)->base = std::exchange(tracing.condemned, as<Class>(object));
}

// All free blocks of the chunk come to the thread's list, the lowest address first.
void sweep_chunk(ThreadMemory& thread, const UnsweptChunk& unswept) {
  Chunk* chunk = unswept.chunk;
  for (std::size_t i = unswept.blocks; i-- > 0;) {
    auto* object = reinterpret_cast<Object*>(chunk->block(i));
    if (Refs::dead(*object)) {
      thread.heap.free(object, chunk->block_size);
    } else if (Refs::sweep(*object)) {
      bury(thread.memory.tracing, object);
    }
  }
}

// One of the thread's own part of the heap, as long as there is one: what was allocated there lies
// in its core's caches, and is to be allocated there again.
std::optional<UnsweptChunk> take_unswept(const ThreadMemory& thread, std::size_t size_class) {
  Tracing& tracing = thread.memory.tracing;
  const MutexGuard guard(tracing.mutex);
  std::vector<UnsweptChunk>& chunks = tracing.unswept[size_class];
  if (chunks.empty()) return std::nullopt;
  const auto own = std::find_if(
      chunks.rbegin(), chunks.rend(),
      [&thread](const UnsweptChunk& unswept) { return unswept.part == thread.number; });
  if (own != chunks.rend()) std::swap(*own, chunks.back());
  const UnsweptChunk chunk = chunks.back();
  chunks.pop_back();
  return chunk;
}

}  // namespace

bool sweep_for(ThreadMemory& thread, std::size_t size_class) {
  while (const auto chunk = take_unswept(thread, size_class)) {
    sweep_chunk(thread, *chunk);
    if (thread.heap.has_free(size_class)) return true;
  }
  return false;
}

void finish_sweep(ThreadMemory& thread) {
  for (std::size_t i = 0; i < ObjectHeap::kClasses; ++i) {
    while (const auto chunk = take_unswept(thread, i)) sweep_chunk(thread, *chunk);
  }
}

void free_condemned(WorldMemory& world) {
  world.tracing.mutex.assume_held();  // the world is stopped
  Class* klass = std::exchange(world.tracing.condemned, nullptr);
  while (klass != nullptr) {
    Class* const next = klass->base;
    free_dead(std::exchange(klass, next));
  }
}

void sweep_large(WorldMemory& world) {
  const auto heap = world.heap.hold();  // threads that are not attached may come and go
  for (const auto& list : world.heap.large_lists()) {
    for (LargeObject* large = list->first_stopped(); large != nullptr;) {
      LargeObject* next = large->next;  // the sweep may free it
      Object* object = large->object();
      if (!Refs::dead(*object) && Refs::sweep(*object)) bury(world.tracing, object);
      large = next;
    }
  }
}

void sweep_all(ThreadMemory& thread) {
  for (Chunk* chunk : thread.memory.heap.chunks()) {
    sweep_chunk(thread, {chunk, chunk->carved, chunk->part});
  }
}

void reserve_sweep(WorldMemory& world) {
  const auto heap = world.heap.hold();
  world.tracing.mutex.assume_held();  // the world is stopped
  std::size_t chunks[ObjectHeap::kClasses] = {};
  for (const Chunk* chunk : world.heap.chunks()) ++chunks[chunk->block_size / 8];
  for (std::size_t i = 0; i < ObjectHeap::kClasses; ++i) {
    auto& unswept = world.tracing.unswept[i];
    // None comes meanwhile: an attached thread makes them.
    if (unswept.capacity() < chunks[i]) unswept.reserve(chunks[i] + chunks[i] / 2);
  }
}

void begin_sweep(WorldMemory& world) noexcept {
  const auto heap = world.heap.hold();
  world.tracing.mutex.assume_held();  // the world is stopped
  for (Chunk* chunk : world.heap.chunks()) {
    world.tracing.unswept[chunk->block_size / 8].push_back({chunk, chunk->carved, chunk->part});
  }
}

GILBENCH_END
