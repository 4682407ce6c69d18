// Makes objects immortal, and takes the immortal ones apart at the world's end: first all are
// emptied, then all are freed, classes last.
#include "runtime/memory/immortal.h"

#include <algorithm>
#include <new>

#include "runtime/memory/heap_walk.h"

GILBENCH_BEGIN

void make_all_immortal(WorldMemory& world) {
  if constexpr (Refs::kImmortals) {
    world.immortals_mutex.assume_held();
    world.immortals.reserve(static_cast<std::size_t>(world.live_objects()));  // all of them or none
    for_each_object(world.heap, [&](Object* object) {
      world.immortals_mutex.assume_held();  // the world has one thread
      Refs::make_immortal(*object);
      world.immortals.push_back(object);
    });
  }
}

void defer_object(WorldMemory& world, Object* object) noexcept {
  const MutexGuard guard(world.immortals_mutex);
  try {
    world.immortals.push_back(object);
  } catch (const std::bad_alloc&) {
    return;  // it is counted as others are
  }
  Refs::defer(*object);
}

namespace {

// What came to have more references than can be counted is immortal as well, or as good as that.
// Fewer than kMost of biased_refs.h, and more than is left of anything when its world ends.
constexpr std::int64_t kTooMany = std::int64_t{1} << 28;

void find_immortals(WorldMemory& world) {
  if constexpr (Refs::kImmortals) {
    world.immortals_mutex.assume_held();  // no other thread is left
    world.immortals.clear();
    for_each_object(world.heap, [&](Object* object) {
      if (!Refs::immortal(*object)) {
        if (Refs::references(*object) < kTooMany) return;
        Refs::make_immortal(*object);
      }
      world.immortals_mutex.assume_held();
      world.immortals.push_back(object);
    });
    // An instance's type lies in its class.
    std::partition(world.immortals.begin(), world.immortals.end(),
                   [](const Object* object) { return object->kind() != Kind::kClass; });
  }
}

}  // namespace

// While all of them still stand: an object that dies here, or is then found in a cycle, may look at
// its class. Releasing one of them does nothing.
void empty_immortals(WorldMemory& world) {
  find_immortals(world);
  world.immortals_mutex.assume_held();  // no other thread is left
  for (Object* object : world.immortals) {
    if (object->type->visit == nullptr) continue;
    object->type->visit(
        object, [](Object* child, void*) { release(child); }, nullptr);
  }
}

void free_immortals(WorldMemory& world) {
  world.immortals_mutex.assume_held();  // likewise
  for (Object* object : world.immortals) {
    Refs::unmake(*object);
    object->type->free(object);
  }
  world.immortals.clear();
}

GILBENCH_END
