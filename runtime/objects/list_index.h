// What the files of list share: indexes and slices.
#pragma once

#include "runtime/objects/operations.h"
#include "runtime/objects/ref.h"
#include "runtime/objects/section.h"
#include "runtime/objects/types.h"

GILBENCH_BEGIN

// An index of a list, tuple ... as a number. (P) TypeError "list indices must be integers or
// slices, not str"; IndexError where it does not fit 64 bits.
std::int64_t sequence_index(Object* index, const char* sequence);

Ref<> list_get_slice(List* list, Slice* slice);
void list_set_slice(List* list, Slice* slice, Object* value);
void list_delete_slice(List* list, Slice* slice);

// Inside the list's section: takes an item out; its reference becomes the caller's.
Object* list_take_unguarded(List* list, std::size_t index);

// Resolves a slice against the list's size, and calls action(range) inside the list's section at a
// moment when it has that size. Resolving may run program code (__index__), so it happens outside.
template <class Action>
void with_slice(List* list, Slice* slice, Action&& action) {
  std::size_t size = 0;
  {
    Section section(list);
    size = list->size;
  }
  for (;;) {
    const SliceRange range = resolve_slice(slice, size);
    Section section(list);
    if (list->size == size) return action(range);
    size = list->size;
  }
}

GILBENCH_END
