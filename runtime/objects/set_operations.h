// Sets, and views of dicts as sets, taken together. All (P) where keys compare by program code.
#pragma once

#include "runtime/objects/operations.h"
#include "runtime/objects/ref.h"
#include "runtime/objects/types.h"

GILBENCH_BEGIN

inline bool is_any_set(const Object* object) {
  return object->kind() == Kind::kSet || object->kind() == Kind::kFrozenSet;
}
inline bool is_set_view(const Object* object) {
  return object->kind() == Kind::kDictKeys || object->kind() == Kind::kDictItems;
}

// New sets of a's type.
Ref<Set> set_union(Set* a, Set* b);
Ref<Set> set_intersection(Set* a, Set* b);
Ref<Set> set_difference(Set* a, Set* b);
Ref<Set> set_symmetric_difference(Set* a, Set* b);

// Change `set`. set_update(), with any iterable, is in containers.h.
void set_intersect_with(Set* set, Set* other);
void set_subtract(Set* set, Set* other);
void set_subtract_items(Set* set, Object* iterable);
void set_toggle(Set* set, Set* other);         // the symmetric difference
void set_replace(Set* set, Set* private_set);  // takes the other's items, and gives it its own

bool set_is_subset(Set* a, Set* b);
bool set_is_disjoint(Set* a, Set* b);

// A new set of any iterable's items.
Ref<Set> to_set(Object* iterable, bool frozen = false);

GILBENCH_END
