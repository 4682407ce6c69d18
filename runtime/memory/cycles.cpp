#include "runtime/memory/cycles.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <optional>
#include <vector>

#include "runtime/interpreter/world.h"
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

using CollectorClock = std::chrono::steady_clock;

// In a stopped world, which it starts again.
[[maybe_unused]] CollectorStats collect_stopped(Thread& thread, CollectorClock::time_point begun,
                                                bool ended = false) {
  World& world = thread.world;
  CollectorStats stats;
  stats.collections = 1;
  stats.live_objects_max = world.restart_growth();
  const std::int64_t own_before = thread.heap.live_objects;
  std::optional<Trial> trial;
  {
    const auto hold = world.heap.hold();
    trial.emplace(world, ended);
  }
  Threads::start_world(world.policy_state, thread.policy_state, thread);

  const std::vector<Object*> garbage = trial->take_garbage();
  stats.collected_objects = std::count_if(garbage.begin(), garbage.end(), counts);
  std::vector<Object*> classes;
  std::copy_if(garbage.begin(), garbage.end(), std::back_inserter(classes),
               [](Object* object) { return object->kind() == Kind::kClass; });
  dismantle(garbage);
  dismantle_classes(classes);
  const std::int64_t freed = own_before - thread.heap.live_objects;
  thread.heap.restart_growth();
  world.heap.growth.set_limit(std::max(HeapGrowth::kFirstLimit, stats.live_objects_max - freed));
  const std::chrono::duration<double> pause = CollectorClock::now() - begun;
  stats.pause_max_seconds = stats.pause_total_seconds = pause.count();
  return stats;
}

}  // namespace

void CollectorStats::add(const CollectorStats& other) {
  collections += other.collections;
  collected_objects += other.collected_objects;
  live_objects_max = std::max(live_objects_max, other.live_objects_max);
  pause_max_seconds = std::max(pause_max_seconds, other.pause_max_seconds);
  pause_total_seconds += other.pause_total_seconds;
}

void CollectorStats::add_to(std::map<std::string, double>* metrics) const {
  (*metrics)["collections"] = static_cast<double>(collections);
  (*metrics)["collected_objects"] = static_cast<double>(collected_objects);
  (*metrics)["collection_live_objects_max"] = static_cast<double>(live_objects_max);
  (*metrics)["collection_pause_max_seconds"] = pause_max_seconds;
  (*metrics)["collection_pause_total_seconds"] = pause_total_seconds;
}

CollectorStats CycleCollector::stats() {
  const MutexGuard guard(mutex_);
  return stats_;
}

void CycleCollector::record(const CollectorStats& more) {
  const MutexGuard guard(mutex_);
  stats_.add(more);
}

void CycleCollector::forget() {
  const MutexGuard guard(mutex_);
  stats_ = {};
}

void collect_if_due(Thread& thread) {
  if constexpr (kCollectsCycles) {
    World& world = thread.world;
    if (!world.collector.enabled() || !world.heap.growth.due()) return;
    const CollectorClock::time_point begun = CollectorClock::now();
    // Where another thread had it stopped, that one has collected; if it was for something else,
    // the next growth asks again.
    if (!Threads::stop_world(world.policy_state, thread.policy_state, thread)) return;
    if (!world.heap.growth.due()) {  // another has, between the two questions
      Threads::start_world(world.policy_state, thread.policy_state, thread);
      return;
    }
    world.collector.record(collect_stopped(thread, begun));
  } else {
    trace_if_due(thread);
  }
}

std::int64_t collect_cycles(Thread& thread) {
  if constexpr (kCollectsCycles) {
    World& world = thread.world;
    const CollectorClock::time_point begun = CollectorClock::now();
    // Somebody else's collection may have begun before the caller's objects became garbage. Who
    // waits for it to end holds no references in advance.
    thread.drain_refs();
    while (!Threads::stop_world(world.policy_state, thread.policy_state, thread)) {
      thread.drain_refs();
    }
    const CollectorStats stats = collect_stopped(thread, begun);
    world.collector.record(stats);
    return stats.collected_objects;
  } else {
    return trace_now(thread);
  }
}

void collect_leftovers(Thread& thread) {
  if constexpr (kCollectsCycles) {
    World& world = thread.world;
    thread.drain_refs();
    while (!Threads::stop_world(world.policy_state, thread.policy_state, thread)) {
    }
    collect_stopped(thread, CollectorClock::now(), true);
  }
}

GILBENCH_END
