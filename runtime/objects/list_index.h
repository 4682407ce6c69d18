// What the files of list share: indexes and slices.
#pragma once

#include "runtime/objects/operations.h"
#include "runtime/values/ref.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

// An index of a list, tuple ... as a number. (P) TypeError "list indices must be integers or
// slices, not str"; IndexError where it does not fit 64 bits.
std::int64_t sequence_index(Object* index, const char* sequence);

Ref<> list_get_slice(List* list, Slice* slice);
void list_set_slice(List* list, Slice* slice, Object* value);
void list_delete_slice(List* list, Slice* slice);

// Inside the list's section: takes an item out; its reference becomes the caller's.
Object* list_take_unguarded(List* list, std::size_t index);

// Calls action(range) inside the list's section, with the bounds as they are for its size then.
template <class Action>
void with_slice(List* list, const SliceBounds& bounds, Action&& action) {
  Section section(list);
  action(apply_slice(bounds, list->size));
}

GILBENCH_END
