// One collection from its request to the world's new start: see tracing.h.
#include <algorithm>
#include <chrono>
#include <new>

#include "runtime/memory/state.h"
#include "runtime/memory/stopped_world.h"
#include "runtime/memory/tracing.h"
#include "runtime/memory/tracing/mark.h"
#include "runtime/memory/tracing/sweep.h"

GILBENCH_BEGIN

namespace {

using PauseClock = std::chrono::steady_clock;

// The sweep will find them again. A thread that ends meanwhile, detached, gives its lists to the
// depot before it leaves the world's threads, so they are met in one place or the other.
void forget_free_blocks(WorldMemory& world) {
  world.for_each_thread([](ThreadMemory& thread) { thread.heap.forget(); });
  world.heap.forget_depot();
}

std::size_t least_bytes(WorldMemory& world) {
  std::size_t running = 0;
  world.for_each_thread([&](const ThreadMemory& thread) { running += thread.frame != nullptr; });
  return Tracing::kLeastBytes * std::max<std::size_t>(running, 1);
}

// While the world is stopped. What the mark has not reached is left to the sweep. Throws
// std::bad_alloc where the mark lacks memory: then no object is marked, and all is as it was. From
// the mark's end on nothing asks for memory.
CollectorStats collect_stopped(ThreadMemory& thread) {
  WorldMemory& world = thread.memory;
  Tracing& tracing = world.tracing;
  free_condemned(world);
  const std::int64_t before = world.live_objects();
  reserve_sweep(world);
  Marker marker(world);
  marker.mark_all(thread);
  forget_free_blocks(world);
  sweep_large(world);
  begin_sweep(world);
  tracing.allocated.store(0, std::memory_order_relaxed);
  tracing.threshold.store(std::max(least_bytes(world), marker.bytes()), std::memory_order_relaxed);
  tracing.collections.fetch_add(1, std::memory_order_relaxed);
  CollectorStats stats;
  stats.collections = 1;
  stats.collected_objects = before - marker.marked();
  stats.live_objects_max = marker.marked();
  return stats;
}

// False when another thread had the world stopped meanwhile. Throws std::bad_alloc: it was given
// up, and is not tried again before as much has been allocated as if it had been done.
[[gnu::noinline]] bool collect_once(ThreadMemory& thread, std::int64_t* garbage) {
  WorldMemory& world = thread.memory;
  finish_sweep(thread);
  const auto begun = PauseClock::now();
  if (!world.threads->stop_world(*thread.threads_state, thread)) return false;
  CollectorStats stats;
  {
    const StoppedWorld stopped(thread);
    try {
      stats = collect_stopped(thread);
    } catch (const std::bad_alloc&) {
      Tracing& tracing = world.tracing;
      tracing.allocated.store(0, std::memory_order_relaxed);
      const std::size_t threshold = tracing.threshold.load(std::memory_order_relaxed);
      tracing.threshold.store(std::max(threshold, least_bytes(world)), std::memory_order_relaxed);
      throw;
    }
  }
  // From the request on, for the first thread that stops waits for the last.
  const std::chrono::duration<double> pause = PauseClock::now() - begun;
  stats.pause_max_seconds = stats.pause_total_seconds = pause.count();
  world.collector.record(stats);
  *garbage = stats.collected_objects;
  return true;
}

}  // namespace

std::int64_t trace_now(ThreadMemory& thread) {
  const Tracing& tracing = thread.memory.tracing;
  const std::uint64_t seen = tracing.collections.load(std::memory_order_relaxed);
  thread.tracing.stack.note();
  std::int64_t garbage = 0;
  while (!collect_once(thread, &garbage)) {
    // This thread ran until it was stopped, so a collection since then has seen all it has done.
    if (tracing.collections.load(std::memory_order_relaxed) != seen) break;
  }
  return garbage;
}

void trace_if_due(ThreadMemory& thread) try {
  Tracing& tracing = thread.memory.tracing;
  if (tracing.every_checkpoints > 0) {
    thread.request(kBreakCollect);  // at every checkpoint from now on
    if (++thread.tracing.checkpoints % tracing.every_checkpoints == 0) trace_now(thread);
    return;
  }
  // Another thread may have been as quick.
  if (tracing.allocated.load(std::memory_order_relaxed) >=
      tracing.threshold.load(std::memory_order_relaxed)) {
    trace_now(thread);
  }
} catch (const std::bad_alloc&) {  // given up
}

void collect_soon(WorldMemory& world) noexcept {
  world.tracing.threshold.store(0, std::memory_order_relaxed);
  this_thread_memory().request(kBreakCollect);
}

void account_allocated(ThreadMemory& thread) {
  Tracing& tracing = thread.memory.tracing;
  const auto bytes = static_cast<std::size_t>(TracedThread::kStepBytes - thread.tracing.credit);
  thread.tracing.credit = TracedThread::kStepBytes;
  const std::size_t before = tracing.allocated.fetch_add(bytes, std::memory_order_relaxed);
  if (before + bytes >= tracing.threshold.load(std::memory_order_relaxed)) {
    thread.request(kBreakCollect);
  }
}

void free_all_objects(ThreadMemory& thread) {
  WorldMemory& world = thread.memory;
  finish_sweep(thread);  // what the last mark has left black is white then
  free_condemned(world);
  forget_free_blocks(world);
  sweep_large(world);
  sweep_all(thread);
  free_condemned(world);
}

void note_allocated(std::size_t bytes) {
  ThreadMemory* thread = current_thread;
  if (thread == nullptr) return;  // a world in the making
  thread->tracing.credit -= static_cast<std::ptrdiff_t>(bytes);
  if (thread->tracing.credit < 0) account_allocated(*thread);
}

GILBENCH_END
