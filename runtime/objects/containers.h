// The containers' own operations: each atomic, in a section of its own. list.cpp, dict.cpp,
// set.cpp.
#pragma once

#include <span>

#include "runtime/objects/operations.h"
#include "runtime/objects/read.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

// ---- list ----
void list_append(List* list, Ref<> item);
// The method `list.append`, which the interpreter knows when it meets it.
Result list_append_method(Args args);
// Unguarded: only where nobody else can see the list yet, or inside its section.
void list_reserve(List* list, std::size_t capacity);
void list_grow_for(List* list, Object* owned_item);  // releases the item where it throws
inline void list_push(List* list, Object* owned_item) {
  if (list->size == list->capacity) list_grow_for(list, owned_item);
  store_shared(list->items[list->size], owned_item);
  store_shared(list->size, list->size + 1);
}
// The item, or null when the index (already non-negative) is past the end.
GILBENCH_INLINE Ref<> list_item(List* list, std::size_t index) {
  const auto guarded = [list, index] {
    Section section(list);
    return index < list->size ? share_read(list->items[index]).take() : nullptr;
  };
  if constexpr (kReadsUnlocked) {
    Object* item = read_item(list->items, list->size, index);
    return Ref<>::adopt(item != nullptr ? item : outlined(guarded));
  }
  return Ref<>::adopt(guarded());
}
Outcome list_extend(List* list, Object* iterable);  // (P); TypeError
Ref<List> list_copy(List* list);
Result list_get_item(List* list, Object* index);
Outcome list_set_item(List* list, Object* index, Object* value);
Outcome list_delete_item(List* list, Object* index);
Ref<> list_concat(List* a, List* b);
Ref<> list_repeat(List* list, std::int64_t times);
void list_repeat_in_place(List* list, std::int64_t times);
std::size_t list_size(List* list);
// The item at that index (negative: from the end), taken out; null when out of range.
Ref<> list_take(List* list, std::int64_t index, bool* was_empty = nullptr);
void list_insert(List* list, std::int64_t index, Object* item);  // the index is brought into range
void list_clear(List* list);
void list_reverse(List* list);
// The first place of an equal item within [start, stop), kNowhere where there is none. Negative
// bounds count from the end of the list as it is when the search begins; its size limits them as
// the search goes. (P)
std::size_t list_find(List* list, Object* item, std::int64_t start = 0,
                      std::int64_t stop = INT64_MAX);
// Whether an equal item is there. Where items are read without the lock, what others move about
// meanwhile may be missed. (P)
bool list_contains(List* list, Object* item);
std::size_t list_count(List* list, Object* item);     // (P)
Ref<> list_compare(Comparison op, List* a, List* b);  // (P)
bool list_remove(List* list, Object* item);           // (P) the first equal one; false: none
inline constexpr std::size_t kNowhere = SIZE_MAX;
Outcome list_sort(List* list, Object* key, bool reverse);  // (P) where keys or comparisons are
// Stable; owned references are moved about, never lost, also when a comparison raises. (P)
void sort_objects(std::span<Object*> items, std::span<Object*> keys, bool reverse);

// ---- dict ---- (P) where a key's __hash__ or __eq__ is; KeyError, TypeError: unhashable type
Ref<> dict_find(Dict* dict, Object* key);         // null where there is none
Ref<> dict_find(Dict* dict, Str* interned_name);  // no program code
void dict_set(Dict* dict, Object* key, Object* value);
void dict_set(Dict* dict, Str* interned_name, Object* value);
Ref<> dict_remove(Dict* dict, Object* key);  // the value; null where there is none
Ref<> dict_set_default(Dict* dict, Object* key, Object* value);  // the value that is there after it
Ref<> dict_pop_last(Dict* dict, Ref<>* key);                     // null when empty
void dict_update(Dict* dict, Object* other);                     // a mapping or pairs
void dict_update(Dict* dict, Object* other, Args keywords);      // `other` may be null
Ref<Dict> dict_union(Dict* a, Dict* b);                          // a | b
Ref<Dict> dict_from_keys(Object* keys, Object* value);
bool dict_equal(Dict* a, Dict* b);
void dict_clear(Dict* dict);
Ref<Dict> dict_copy(Dict* dict);
bool dict_contains(Dict* dict, Object* key);
std::size_t dict_size(Dict* dict);
// The entry at or after *position: moves past it. False at the end.
bool dict_next(Dict* dict, std::size_t* position, Ref<>* key, Ref<>* value);
// A consistent copy of all keys, values or (key, value) tuples. The second: inside the dict's
// section, into a list that nobody else sees.
Ref<List> dict_list(Dict* dict, Kind view);
void dict_list_unguarded(const Dict* dict, Kind view, List* list);
// Where a name's entry is, for inline caches; false where there is none. In the dict's section.
bool dict_locate(const Dict* dict, const Str* interned_name, std::uint32_t* entry);

// ---- set ---- (P) as dict
bool set_contains(Set* set, Object* key);
bool set_add(Set* set, Object* key);     // false when it was there
bool set_remove(Set* set, Object* key);  // false when it was not
bool set_contains(Set* set, Object* key, Hash hash);
bool set_add(Set* set, Object* key, Hash hash);
bool set_remove(Set* set, Object* key, Hash hash);
Ref<> set_pop(Set* set);  // null when empty
void set_clear(Set* set);
std::size_t set_size(Set* set);
Ref<List> set_list(Set* set);  // a consistent copy of the items, in table order
void set_list_unguarded(const Set* set, List* list);
bool set_next(Set* set, std::size_t* position, Ref<>* key);
Ref<Set> set_copy(Set* set, bool frozen);
void set_update(Set* set, Object* iterable);
// Subsets, supersets, equality of sets, frozensets, keys and items views. (P)
bool set_compare(Comparison op, Object* a, Object* b);
// a op b for |, &, - and ^ where one operand is a set, a frozenset or a keys or items view; dict |
// dict too. In place changes and returns `a`. Null where the operands do not go together. (P)
Ref<> set_operation(Operator op, Object* a, Object* b, bool in_place);
// item in view, for all three views. (P)
bool view_contains(DictView* view, Object* item);

GILBENCH_END
