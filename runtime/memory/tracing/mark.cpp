// Depth first, with a list of objects to be visited instead of recursion. Then unreached generators
// that have to be closed are marked too, with all that they reach.
#include "runtime/memory/tracing/mark.h"

#include "runtime/memory/abandoned.h"
#include "runtime/values/types.h"
#include "runtime/values/visit.h"

GILBENCH_BEGIN

namespace {

// About how much memory an object takes, its buffers included: for the rule that says when.
std::size_t memory_of(Object* object) {
  constexpr std::size_t kUsual = 48;
  switch (object->kind()) {
    case Kind::kStr:
      return sizeof(Str) + as<Str>(object)->size;
    case Kind::kBytes:
      return sizeof(Bytes) + as<Bytes>(object)->size;
    case Kind::kTuple:
      return sizeof(Tuple) + as<Tuple>(object)->size * sizeof(Object*);
    case Kind::kList:
      return sizeof(List) + as<List>(object)->capacity * sizeof(Object*);
    case Kind::kDict: {
      const Dict* dict = as<Dict>(object);
      return sizeof(Dict) + dict->capacity * sizeof(Dict::Entry) +
             (dict->mask + 1) * sizeof(std::int32_t);
    }
    case Kind::kSet:
    case Kind::kFrozenSet:
      return sizeof(Set) + (as<Set>(object)->mask + 1) * sizeof(Set::Entry);
    case Kind::kInstance:
      return sizeof(Instance) + as<Instance>(object)->capacity * sizeof(Object*);
    default:
      return kUsual;
  }
}

}  // namespace

Marker::Marker(WorldMemory& world)
    : world_(world), index_([&world] {
        const auto heap = world.heap.hold();  // threads that are not attached may come and go
        return ObjectIndex(world.heap);
      }()) {}

void Marker::mark_all(ThreadMemory& thread) {
  try {
    mark_world();
    drain();
    abandon_unreached(thread);
    drain();
  } catch (const std::bad_alloc&) {
    const auto heap = world_.heap.hold();
    for_each_object(world_.heap, [](Object* object) { Refs::sweep(*object); });  // to white
    throw;
  }
}

void Marker::abandon_unreached(ThreadMemory& thread) {
  world_.for_each_thread(
      [this, &thread](ThreadMemory& maker) { abandon_unreached(thread, maker.tracing.closable); });
  // The stopped world stops no thread that is detached and ends: it leaves its list here.
  const MutexGuard guard(world_.tracing.mutex);
  abandon_unreached(thread, world_.tracing.closable);
}

// What one of them reaches is not looked at before all have been asked: they are garbage alike. The
// list forgets those that are dead or have ended, before anything is swept.
void Marker::abandon_unreached(ThreadMemory& thread, std::vector<Object*>& closable) {
  pending_.reserve(pending_.size() + closable.size());  // an error would leave half a list
  std::erase_if(closable, [this, &thread](Object* object) {
    auto* generator = as<Generator>(object);
    if (Refs::reached(*object)) return generator->state == Generator::State::kFinished;
    if (must_be_closed(*generator) && thread.abandoned.add(generator)) {
      generator->was_abandoned = true;
      thread.request(kBreakClose);
      mark(generator);
    }
    return true;
  });
}

void Marker::reach(Object* object) {
  ++marked_;
  bytes_ += memory_of(object);
  if (object->type->visit != nullptr) pending_.push_back(object);
}

void Marker::drain() {
  while (!pending_.empty()) {
    Object* object = pending_.back();
    pending_.pop_back();
    for_each_reference(object, [this](Object* child) { mark(child); });
  }
}

void Marker::mark_words(const void* begin, std::size_t bytes) {
  const auto* word = static_cast<const std::uintptr_t*>(begin);
  for (const auto* end = word + bytes / sizeof *word; word < end; ++word) mark_word(*word);
}

GILBENCH_END
