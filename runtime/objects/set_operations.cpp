// Operations on two sets: union, intersection, difference, symmetric difference, and comparisons;
// each with CPython 3.11's choices, on which the order of the result depends.
//
// Where keys compare without program code, an operation is one step inside the sections of both
// sets. A key that needs program code makes the tables throw NeedsProgram; then the operation is
// done on private copies, and what it changes in place it changes key by key.
#include "runtime/objects/set_operations.h"

#include <vector>

#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/set_table.h"

GILBENCH_BEGIN

namespace {

Ref<Set> clone(Set* set) {
  Ref<Set> copy = make_set(set->kind() == Kind::kFrozenSet);
  Section section(set);
  table_clone(copy.get(), set);
  return copy;
}

// operation(result, a, b, may_ask): with both sections, and where that does not do with copies.
template <class Operation>
Ref<Set> combine(Set* a, Set* b, bool frozen, Operation operation) {
  Ref<Set> result = make_set(frozen);
  try {
    PairSection section(a, b);
    operation(result.get(), a, b, false);
    return result;
  } catch (const NeedsProgram&) {
  }
  result = make_set(frozen);
  const Ref<Set> a_copy = clone(a);
  const Ref<Set> b_copy = a == b ? a_copy : clone(b);
  operation(result.get(), a_copy.get(), b_copy.get(), true);
  return result;
}

template <class Body>
void for_each_entry(const Set* set, Body&& body) {
  for (std::size_t i = 0; set->table != nullptr && i <= set->mask; ++i) {
    const Set::Entry entry = set->table[i];
    if (is_live(entry)) body(entry);
  }
}

void unite(Set* result, Set* a, Set* b, bool may_ask) {
  table_merge(result, a, may_ask);
  if (a != b) table_merge(result, b, may_ask);
}

void intersect(Set* result, Set* a, Set* b, bool may_ask) {
  if (a == b) return table_merge(result, a, may_ask);
  if (b->size > a->size) std::swap(a, b);
  for_each_entry(b, [&](const Set::Entry& entry) {
    if (table_contains(a, entry, may_ask)) table_add(result, entry, may_ask);
  });
}

// What left a set, released when the sections are over.
struct Removed {
  ObjectVector<Object*> keys;
  // Before one is taken out: afterwards it would be too late for an error.
  void make_room() {
    if (keys.size() == keys.capacity()) keys.reserve(2 * keys.size() + 8);
  }
  ~Removed() {
    for (Object* key : keys) release(key);
  }
};

void discard_all(Set* set, Set* other, bool may_ask, Removed* removed) {
  const auto discard = [&](const Set::Entry& entry) {
    removed->make_room();
    if (Object* key = table_discard(set, entry, may_ask)) removed->keys.push_back(key);
  };
  if (other->size / 8 > set->size) {
    // Much larger than the set: look up the set's items in it instead.
    ObjectVector<Set::Entry> common;
    for_each_entry(set, [&](const Set::Entry& entry) {
      if (table_contains(other, entry, may_ask)) common.push_back(entry);
    });
    for (const Set::Entry& entry : common) discard(entry);
  } else {
    for_each_entry(other, discard);
  }
}

void drop_deleted(Set* set) {
  if (set->fill - set->size > set->mask / 4) set_try_resize(set, set_growth(set));
}

void subtract(Set* result, Set* a, Set* b, bool may_ask, Removed* removed) {
  if (a->size / 4 > b->size) {
    table_merge(result, a, may_ask);
    discard_all(result, b, may_ask, removed);
    return drop_deleted(result);
  }
  for_each_entry(a, [&](const Set::Entry& entry) {
    if (!table_contains(b, entry, may_ask)) table_add(result, entry, may_ask);
  });
}

// Takes b's items out of `result` where they are in it, adds them where they are not.
void toggle(Set* result, Set* b, bool may_ask, Removed* removed) {
  for_each_entry(b, [&](const Set::Entry& entry) {
    removed->make_room();
    if (Object* key = table_discard(result, entry, may_ask)) {
      removed->keys.push_back(key);
    } else {
      table_add(result, entry, may_ask);
    }
  });
}

void swap_tables(Set* a, Set* b) {
  std::swap(a->size, b->size);
  std::swap(a->fill, b->fill);
  std::swap(a->mask, b->mask);
  std::swap(a->table, b->table);
  ++a->generation;
  ++b->generation;
}

// set = operation(set, other), in one step where no program code is needed.
template <class Operation>
void assign(Set* set, Set* other, Operation operation) {
  Ref<Set> result = make_set();
  try {
    PairSection section(set, other);
    operation(result.get(), set, other, false);
    swap_tables(set, result.get());
    return;
  } catch (const NeedsProgram&) {
  }
  result = combine(set, other, false, operation);
  Section section(set);
  swap_tables(set, result.get());
}

}  // namespace

Ref<Set> set_union(Set* a, Set* b) { return combine(a, b, is_frozen(a), unite); }

Ref<Set> set_intersection(Set* a, Set* b) { return combine(a, b, is_frozen(a), intersect); }

Ref<Set> set_difference(Set* a, Set* b) {
  Removed removed;
  return combine(a, b, is_frozen(a), [&](Set* result, Set* x, Set* y, bool may_ask) {
    subtract(result, x, y, may_ask, &removed);
  });
}

Ref<Set> set_symmetric_difference(Set* a, Set* b) {
  Removed removed;
  return combine(a, b, is_frozen(a), [&](Set* result, Set* x, Set* y, bool may_ask) {
    table_merge(result, y, may_ask);
    toggle(result, x, may_ask, &removed);
  });
}

void set_intersect_with(Set* set, Set* other) { assign(set, other, intersect); }

void set_replace(Set* set, Set* private_set) {
  Section section(set);
  swap_tables(set, private_set);
}

void set_subtract(Set* set, Set* other) {
  if (set == other) return set_clear(set);
  Removed removed;
  try {
    PairSection section(set, other);
    discard_all(set, other, false, &removed);
    return drop_deleted(set);
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> others = clone(other);
  for_each_entry(others.get(),
                 [set](const Set::Entry& entry) { set_remove(set, entry.key, entry.hash); });
  Section section(set);
  drop_deleted(set);
}

void set_subtract_items(Set* set, Object* iterable) {
  if (is_any_set(iterable)) return set_subtract(set, as<Set>(iterable));
  for_each(iterable, [set](const Ref<>& item) { set_remove(set, item.get()); });
  Section section(set);
  drop_deleted(set);
}

void set_toggle(Set* set, Set* other) {
  if (set == other) return set_clear(set);
  Removed removed;
  Ref<Set> result = make_set();
  try {
    PairSection section(set, other);
    table_clone(result.get(), set);
    toggle(result.get(), other, false, &removed);
    return swap_tables(set, result.get());
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> others = clone(other);
  for_each_entry(others.get(), [set](const Set::Entry& entry) {
    if (!set_remove(set, entry.key, entry.hash)) set_add(set, entry.key, entry.hash);
  });
}

void set_update(Set* set, Object* iterable) {
  const auto make_room = [set](std::size_t count) {
    Section section(set);
    if (set->table == nullptr) set_resize(set, 0);
    if ((set->fill + count) * 5 >= set->mask * 3) set_resize(set, (set->size + count) * 2);
  };
  if (is_any_set(iterable)) {
    Set* other = as<Set>(iterable);
    try {
      PairSection section(set, other);
      return table_merge(set, other, false);
    } catch (const NeedsProgram&) {
    }
    const Ref<Set> others = clone(other);
    for_each_entry(others.get(),
                   [set](const Set::Entry& entry) { set_add(set, entry.key, entry.hash); });
  } else if (iterable->kind() == Kind::kDict) {
    const Ref<List> keys = dict_list(as<Dict>(iterable), Kind::kDictKeys);
    make_room(keys->size);
    for (std::size_t i = 0; i < keys->size; ++i) set_add(set, keys->items[i]);
  } else {
    for_each(iterable, [set](const Ref<>& key) { set_add(set, key.get()); });
  }
}

Ref<Set> to_set(Object* iterable, bool frozen) {
  Ref<Set> result = make_set(frozen);
  set_update(result.get(), iterable);
  return result;
}

namespace {

// A question about two sets as they are at one moment.
template <class Test>
bool decide(Set* a, Set* b, Test test) {
  try {
    PairSection section(a, b);
    return test(a, b, false);
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> a_copy = clone(a);
  const Ref<Set> b_copy = clone(b);
  return test(a_copy.get(), b_copy.get(), true);
}

bool all_in(const Set* a, Set* b, bool may_ask) {
  for (std::size_t i = 0; a->table != nullptr && i <= a->mask; ++i) {
    if (is_live(a->table[i]) && !table_contains(b, a->table[i], may_ask)) return false;
  }
  return true;
}

bool none_in(const Set* a, Set* b, bool may_ask) {
  for (std::size_t i = 0; a->table != nullptr && i <= a->mask; ++i) {
    if (is_live(a->table[i]) && table_contains(b, a->table[i], may_ask)) return false;
  }
  return true;
}

}  // namespace

bool set_is_subset(Set* a, Set* b) {
  return decide(a, b, [](Set* x, Set* y, bool may_ask) {
    return x->size <= y->size && all_in(x, y, may_ask);
  });
}

bool set_is_disjoint(Set* a, Set* b) {
  if (a == b) return set_size(a) == 0;
  return decide(a, b, [](Set* x, Set* y, bool may_ask) {
    if (y->size < x->size) std::swap(x, y);
    return none_in(x, y, may_ask);
  });
}

namespace {

std::size_t operand_size(Object* operand) {
  return is_any_set(operand) ? set_size(as<Set>(operand)) : dict_size(as<DictView>(operand)->dict);
}

// Is every item of `a` in `b`? Items of a view need not be hashable: they are asked for one by one.
bool view_is_subset(Object* a, Object* b) {
  bool all = true;
  for_each(a, [&](const Ref<>& item) {
    all = is_any_set(b) ? set_contains(as<Set>(b), item.get())
                        : view_contains(as<DictView>(b), item.get());
    return all;
  });
  return all;
}

}  // namespace

bool set_compare(Comparison op, Object* a, Object* b) {
  if (op == Comparison::kGt) return set_compare(Comparison::kLt, b, a);
  if (op == Comparison::kGe) return set_compare(Comparison::kLe, b, a);
  if (op == Comparison::kNe) return !set_compare(Comparison::kEq, a, b);
  const auto size_fits = [op](std::size_t x, std::size_t y) {
    return op == Comparison::kEq ? x == y : op == Comparison::kLt ? x < y : x <= y;
  };
  if (!is_any_set(a) || !is_any_set(b)) {
    return size_fits(operand_size(a), operand_size(b)) && view_is_subset(a, b);
  }
  return decide(as<Set>(a), as<Set>(b), [&](Set* x, Set* y, bool may_ask) {
    return size_fits(x->size, y->size) && all_in(x, y, may_ask);
  });
}

GILBENCH_END
