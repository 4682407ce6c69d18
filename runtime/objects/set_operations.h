// Sets, and views of dicts as sets, taken together. All (P) where keys compare by program code.
#pragma once

#include "runtime/objects/keys.h"
#include "runtime/objects/operations.h"
#include "runtime/values/ref.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

inline bool is_any_set(const Object* object) {
  return object->kind() == Kind::kSet || object->kind() == Kind::kFrozenSet;
}
inline bool is_set_view(const Object* object) {
  return object->kind() == Kind::kDictKeys || object->kind() == Kind::kDictItems;
}

// New sets of a's type. Those with an iterable: in the iterable's order.
Ref<Set> set_union(Set* a, Set* b);
Ref<Set> set_union_items(Set* a, Object* iterable);
Ref<Set> set_intersection_items(Set* a, Object* iterable);
Ref<Set> set_difference_items(Set* a, Object* iterable);
Ref<Set> set_intersection(Set* a, Set* b);
Ref<Set> set_difference(Set* a, Set* b);
Ref<Set> set_symmetric_difference(Set* a, Set* b);

// Change `set`. set_update(), with any iterable, is in containers.h.
void set_merge(Set* set, Set* other);  // adds the other's items
void set_intersect_with(Set* set, Set* other);
void set_intersect_with_items(Set* set, Object* iterable);
void set_subtract(Set* set, Set* other);
void set_subtract_items(Set* set, Object* iterable);
void set_toggle(Set* set, Set* other);  // the symmetric difference
void set_toggle_keys(Set* set, Dict* dict);

bool set_is_subset(Set* a, Set* b);
bool set_is_disjoint(Set* a, Set* b);
bool set_is_disjoint_items(Set* set, Object* iterable);
bool set_has_items(Set* set, Object* iterable);  // all of them

// item in container (a set or a set-like view), inside its section; kAsk where program code, or a
// look into another container, must tell.
Answer has_natively(Object* container, Object* item);
bool view_is_disjoint(DictView* view, Object* iterable);

// A new set of any iterable's items.
Ref<Set> to_set(Object* iterable, bool frozen = false);

GILBENCH_END
