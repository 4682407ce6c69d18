// The object at an address: within a chunk by division, among large objects by a binary search.
#include "runtime/memory/heap_walk.h"

#include <algorithm>

GILBENCH_BEGIN

namespace {

std::uintptr_t address_of(const void* pointer) { return reinterpret_cast<std::uintptr_t>(pointer); }

}  // namespace

ObjectIndex::ObjectIndex(const ObjectHeap& heap) {
  for (Chunk* chunk : heap.chunks()) chunks_.insert(address_of(chunk));
  for (const auto& list : heap.large_lists()) {
    for (LargeObject* large = list->first_stopped(); large != nullptr; large = large->next) {
      large_.push_back(large);
    }
  }
  std::sort(large_.begin(), large_.end());
}

Object* ObjectIndex::find(std::uintptr_t address) const {
  const std::uintptr_t base = address & ~(std::uintptr_t{Chunk::kSize} - 1);
  Object* object = nullptr;
  if (chunks_.count(base) != 0) {
    auto* chunk = reinterpret_cast<Chunk*>(base);
    if (address < base + Chunk::kFirstBlock) return nullptr;
    const std::size_t index = (address - base - Chunk::kFirstBlock) / chunk->block_size;
    if (index >= chunk->carved) return nullptr;
    object = reinterpret_cast<Object*>(chunk->block(index));
  } else {
    auto after = std::upper_bound(
        large_.begin(), large_.end(), address,
        [](std::uintptr_t a, LargeObject* large) { return a < address_of(large->object()); });
    if (after == large_.begin()) return nullptr;
    LargeObject* large = *std::prev(after);
    if (address >= address_of(large->object()) + large->size) return nullptr;
    object = large->object();
  }
  return Refs::dead(*object) ? nullptr : object;
}

GILBENCH_END
