// Finding the objects of a world, for collectors: all of them, or the one at an address. Only while
// the world is stopped (WorldThreads::stop_world), or where one thread alone can be attached.
//
// Every object that is not dead is found. A stopped thread stands between two bytecodes or in
// native code that called back into bytecode, so some objects may be half made: the fields that
// `visit` reads are then null or whole.
#pragma once

#include <unordered_set>
#include <vector>

#include "runtime/memory/heap.h"

GILBENCH_BEGIN

// Calls action(Object*) for each.
template <class Action>
void for_each_object(const ObjectHeap& heap, Action&& action) {
  for (Chunk* chunk : heap.chunks()) {
    for (std::size_t i = 0; i < chunk->carved; ++i) {
      auto* object = reinterpret_cast<Object*>(chunk->block(i));
      if (!Refs::dead(*object)) action(object);
    }
  }
  for (const auto& list : heap.large_lists()) {
    for (LargeObject* large = list->first_stopped(); large != nullptr;) {
      LargeObject* next = large->next;  // the action may free it
      if (!Refs::dead(*large->object())) action(large->object());
      large = next;
    }
  }
}

// Which object stands at an address. A snapshot of the heap.
class ObjectIndex {
 public:
  explicit ObjectIndex(const ObjectHeap& heap);

  // The live object whose memory holds that address, at its beginning or inside; null: none.
  Object* find(std::uintptr_t address) const;

 private:
  std::unordered_set<std::uintptr_t> chunks_;
  std::vector<LargeObject*> large_;  // by address
};

GILBENCH_END
