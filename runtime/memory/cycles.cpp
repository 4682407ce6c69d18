// One thread looks through the whole heap, or each thread through its part, while the world is
// stopped; garbage is taken apart when the world runs again. The search itself is in trial.cpp.
#include "runtime/memory/cycles.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <iterator>
#include <memory>
#include <new>
#include <vector>

#include "runtime/memory/abandoned.h"
#include "runtime/memory/heap_walk.h"
#include "runtime/memory/stopped_world.h"
#include "runtime/memory/trial.h"

GILBENCH_BEGIN

namespace {

// CPython's collector does not see a dict that holds nothing which could be part of a cycle, and
// does not count it.
bool counts(Object* object) {
  if (object->kind() != Kind::kDict) return true;
  bool tracked = false;
  object->type->visit(
      object,
      [](Object* child, void* found) {
        if (child->type->visit != nullptr) *static_cast<bool*>(found) = true;
      },
      &tracked);
  return tracked;
}

void release_reference(Object* child, void*) { release(child); }

// Takes garbage apart, as if its last reference from outside were given up, but all at once. One
// reference to each is added at first, so that none dies by its neighbour's hand while others still
// hold it; then each lets go of what it holds; then each has that one reference only, and what it
// held outside the garbage has been released, and died if that was its last. It is freed whatever
// FindsLeaks says of its count: what has let go of all that it held is no leak to be kept.
void dismantle(const std::vector<Object*>& garbage) {
  for (Object* object : garbage) {
    Refs::adopt(*object);
    retain(object);
  }
  for (Object* object : garbage) object->type->visit(object, release_reference, nullptr);
  const auto finish = [](Object* object) {
    [[maybe_unused]] const bool last = Refs::release(*object);
    assert(last && "garbage that somebody holds");
    object->type->free(object);
  };
  // The type of an instance lies in its class, which it gives back as it is freed.
  for (Object* object : garbage) {
    if (object->kind() != Kind::kClass) finish(object);
  }
}

void dismantle_classes(const std::vector<Object*>& classes) {
  for (Object* object : classes) {
    if (Refs::release(*object)) object->type->free(object);
  }
}

// The same for all objects of a world that nobody refers to any more but each other, without
// memory: it walks over the heap, where dismantle() has a list. All of them, those too that hold
// nothing, get one reference more: so none dies under the walk.
[[maybe_unused]] void dismantle_all(WorldMemory& world) {
  const auto for_each = [&world](auto&& action) {
    for_each_object(world.heap, [&action](Object* object) {
      if (!Refs::immortal(*object)) action(object);
    });
  };
  for_each([](Object* object) {
    Refs::adopt(*object);
    retain(object);
  });
  for_each([](Object* object) {
    if (object->type->visit != nullptr) object->type->visit(object, release_reference, nullptr);
  });
  for (const bool classes : {false, true}) {
    for_each([classes](Object* object) {
      if ((object->kind() == Kind::kClass) != classes) return;
      if (Refs::release(*object)) object->type->free(object);
    });
  }
}

// Takes apart what was found; the world runs. The number of containers among it, as gc.collect()
// counts them. Throws std::bad_alloc where the garbage cannot be listed: it stays where it is, for
// the next trial.
std::int64_t finish(ThreadMemory& thread, Trial& trial) {
  const std::int64_t own_before = thread.heap.live_objects;
  std::vector<Object*> garbage = trial.take_garbage();
  abandon_garbage(thread, &garbage);
  const std::int64_t containers = std::count_if(garbage.begin(), garbage.end(), counts);
  std::vector<Object*> classes;
  std::copy_if(garbage.begin(), garbage.end(), std::back_inserter(classes),
               [](Object* object) { return object->kind() == Kind::kClass; });
  dismantle(garbage);
  dismantle_classes(classes);
  thread.memory.heap.growth.freed(own_before - thread.heap.live_objects);
  thread.heap.restart_growth();
  return containers;
}

using CollectorClock = std::chrono::steady_clock;

// A collection that began then, on its own thread, and has ended.
void end(CollectorStats* stats, CollectorClock::time_point begun) {
  const std::chrono::duration<double> pause = CollectorClock::now() - begun;
  stats->pause_max_seconds = stats->pause_total_seconds = pause.count();
}

// Null where there is no memory for it: then nothing is found, this time.
std::unique_ptr<Trial> try_trial(const ObjectHeap& heap, std::uint32_t part, bool ended) noexcept {
  try {
    return std::make_unique<Trial>(heap, part, ended);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}

// In a stopped world, which is started again. Throws std::bad_alloc where there is no memory for
// the trial, or for the list of what it found: the collection is given up.
[[maybe_unused]] CollectorStats collect_whole(ThreadMemory& thread,
                                              CollectorClock::time_point begun,
                                              StoppedWorld& stopped, bool ended = false) {
  WorldMemory& world = thread.memory;
  CollectorStats stats;
  stats.collections = 1;
  stats.live_objects_max = world.restart_growth();
  // What a thread has found in its part, and had no time to take apart, is found again.
  world.for_each_thread([](ThreadMemory& other) { other.trial.reset(); });
  std::unique_ptr<Trial> trial;
  {
    const auto hold = world.heap.hold();
    trial = try_trial(world.heap, Trial::kWhole, ended);
  }
  // Given up or not: the next one is due when the heap has grown again by as much.
  world.heap.growth.end_whole();
  stopped.start();
  if (trial == nullptr) throw std::bad_alloc();
  stats.collected_objects = finish(thread, *trial);
  world.heap.growth.end_whole();
  end(&stats, begun);
  return stats;
}

// Each thread its part; false, and nothing has happened: no other thread is there to do so.
[[maybe_unused]] bool collect_parts([[maybe_unused]] ThreadMemory& thread,
                                    [[maybe_unused]] CollectorClock::time_point begun,
                                    [[maybe_unused]] StoppedWorld& stopped) {
  if constexpr (kCollectsParts) {
    WorldMemory& world = thread.memory;
    CollectorStats stats;
    stats.collections = stats.collections_by_parts = 1;
    {
      const auto hold = world.heap.hold();
      const bool helped = world.threads->work_on_stopped(
          *thread.threads_state, thread, [](ThreadControl& control) noexcept {
            auto& each = static_cast<ThreadMemory&>(control);
            each.trial = try_trial(each.memory.heap, each.number, false);
          });
      if (!helped) return false;
    }
    stats.live_objects_max = world.restart_growth();
    stopped.start();
    finish_part(thread);
    end(&stats, begun);
    world.collector.record(stats);
    return true;
  }
  return false;
}

// False: another thread had the world stopped, and this one has been.
[[maybe_unused]] bool stop_world(ThreadMemory& thread) {
  const bool stopped = thread.memory.threads->stop_world(*thread.threads_state, thread);
  if (!stopped) finish_part(thread);
  return stopped;
}

}  // namespace

void finish_part_slow(ThreadMemory& thread) {
  const std::unique_ptr<Trial> trial = std::move(thread.trial);
  try {
    CollectorStats stats;
    stats.collected_objects = finish(thread, *trial);
    thread.memory.collector.record(stats);
  } catch (const std::bad_alloc&) {  // given up
  }
}

void collect_if_due(ThreadMemory& thread) {
  if constexpr (kCollectsCycles) {
    WorldMemory& world = thread.memory;
    if (!world.collector.enabled() || !world.heap.growth.due()) return;
    const CollectorClock::time_point begun = CollectorClock::now();
    // Where another thread had it stopped, that one has collected; if it was for something else,
    // the next growth asks again.
    if (!stop_world(thread)) return;
    StoppedWorld stopped(thread);
    if (!world.heap.growth.due()) return;  // another has, between the two
    if (!world.heap.growth.whole_is_due() && collect_parts(thread, begun, stopped)) return;
    try {
      world.collector.record(collect_whole(thread, begun, stopped));
    } catch (const std::bad_alloc&) {  // given up
    }
  } else {
    trace_if_due(thread);
  }
}

namespace {

std::int64_t collect_once(ThreadMemory& thread) {
  if constexpr (kCollectsCycles) {
    const CollectorClock::time_point begun = CollectorClock::now();
    // Somebody else's collection may have begun before the caller's objects became garbage. Who
    // waits for it to end holds no references in advance.
    do {
      thread.drain_refs();
    } while (!stop_world(thread));
    StoppedWorld stopped(thread);
    const CollectorStats stats = collect_whole(thread, begun, stopped);
    thread.memory.collector.record(stats);
    return stats.collected_objects;
  } else {
    return trace_now(thread);
  }
}

}  // namespace

std::int64_t collect_cycles(ThreadMemory& thread) {
  const std::int64_t found = collect_once(thread);
  if (!thread.abandoned.any()) return found;
  // Generators were to be closed first, as CPython runs finalizers before it takes garbage apart.
  close_abandoned(thread);
  return found + collect_once(thread);
}

void collect_leftovers(ThreadMemory& thread) {
  if constexpr (kCollectsCycles) {
    thread.drain_refs();
    while (!stop_world(thread)) {
    }
    StoppedWorld stopped(thread);
    try {
      collect_whole(thread, CollectorClock::now(), stopped, true);
    } catch (const std::bad_alloc&) {
      stopped.start();
      dismantle_all(thread.memory);  // nobody is left who holds anything
    }
  }
}

GILBENCH_END
