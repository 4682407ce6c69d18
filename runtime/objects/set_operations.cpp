// Operations on two sets: union, intersection, difference, symmetric difference, and comparisons;
// each with CPython 3.11's choices, on which the order of the result depends.
//
// Where keys compare without program code, an operation is one step inside the sections of both
// sets. A key that needs program code makes the tables throw NeedsProgram; then the operation is
// done on private copies, and what it changes in place it changes key by key.
#include "runtime/objects/set_operations.h"

#include <algorithm>

#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"
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

void discard_all(Set* set, Set* other, bool may_ask, RemovedKeys* removed) {
  // First: where a key has left, nothing may fail before it is noted.
  removed->keys.reserve(removed->keys.size() + std::min(set->size, other->size));
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

void subtract(Set* result, Set* a, Set* b, bool may_ask, RemovedKeys* removed) {
  if (a->size / 4 > b->size) {
    table_merge(result, a, may_ask);
    discard_all(result, b, may_ask, removed);
    return set_drop_deleted(result);
  }
  for_each_entry(a, [&](const Set::Entry& entry) {
    if (!table_contains(b, entry, may_ask)) table_add(result, entry, may_ask);
  });
}

// Takes b's items out of `result` where they are in it, adds them where they are not.
void toggle(Set* result, Set* b, bool may_ask, RemovedKeys* removed) {
  removed->keys.reserve(removed->keys.size() + std::min(result->size, b->size));
  for_each_entry(b, [&](const Set::Entry& entry) {
    removed->make_room();
    if (Object* key = table_discard(result, entry, may_ask)) {
      removed->keys.push_back(key);
    } else {
      table_add(result, entry, may_ask);
    }
  });
}

// set = operation(set, other), in one step where no program code is needed.
template <class Operation>
void assign(Set* set, Set* other, Operation operation) {
  Ref<Set> result = make_set();
  try {
    PairSection section(set, other);
    operation(result.get(), set, other, false);
    set_swap_tables(set, result.get());
    return;
  } catch (const NeedsProgram&) {
  }
  result = combine(set, other, false, operation);
  Section section(set);
  set_swap_tables(set, result.get());
}

}  // namespace

Ref<Set> set_union(Set* a, Set* b) { return combine(a, b, is_frozen(a), unite); }

Ref<Set> set_intersection(Set* a, Set* b) { return combine(a, b, is_frozen(a), intersect); }

Ref<Set> set_difference(Set* a, Set* b) {
  RemovedKeys removed;
  return combine(a, b, is_frozen(a), [&](Set* result, Set* x, Set* y, bool may_ask) {
    subtract(result, x, y, may_ask, &removed);
  });
}

Ref<Set> set_symmetric_difference(Set* a, Set* b) {
  RemovedKeys removed;
  return combine(a, b, is_frozen(a), [&](Set* result, Set* x, Set* y, bool may_ask) {
    table_merge(result, y, may_ask);
    toggle(result, x, may_ask, &removed);
  });
}

void set_intersect_with(Set* set, Set* other) { assign(set, other, intersect); }

void set_subtract(Set* set, Set* other) {
  if (set == other) return set_clear(set);
  RemovedKeys removed;
  try {
    PairSection section(set, other);
    discard_all(set, other, false, &removed);
    return set_drop_deleted(set);
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> others = clone(other);
  for_each_entry(others.get(),
                 [set](const Set::Entry& entry) { set_remove(set, entry.key, entry.hash); });
  Section section(set);
  set_drop_deleted(set);
}

void set_toggle(Set* set, Set* other) {
  if (set == other) return set_clear(set);
  RemovedKeys removed;
  Ref<Set> result = make_set();
  try {
    PairSection section(set, other);
    table_clone(result.get(), set);
    toggle(result.get(), other, false, &removed);
    return set_swap_tables(set, result.get());
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> others = clone(other);
  for_each_entry(others.get(), [set](const Set::Entry& entry) {
    if (!set_remove(set, entry.key, entry.hash)) set_add(set, entry.key, entry.hash);
  });
}

void set_merge(Set* set, Set* other) {
  try {
    PairSection section(set, other);
    return table_merge(set, other, false);
  } catch (const NeedsProgram&) {
  }
  const Ref<Set> others = clone(other);
  for_each_entry(others.get(),
                 [set](const Set::Entry& entry) { set_add(set, entry.key, entry.hash); });
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

template <class SizeFits>
bool compare_with_view(Object* a, Object* b, SizeFits size_fits) {
  Dict* dict = is_any_set(b) ? nullptr : as<DictView>(b)->dict;
  Set* set = is_any_set(b) ? as<Set>(b) : nullptr;
  bool all = true;
  take_items(
      set != nullptr ? static_cast<Object*>(set) : dict, a,
      [&](std::span<Object* const> items) {
        if (!size_fits(items.size(), set != nullptr ? set->size : dict->size)) all = false;
        for (std::size_t i = 0; all && i < items.size(); ++i) {
          const Answer answer = has_natively(b, items[i]);
          if (answer == Answer::kAsk) return false;
          all = answer == Answer::kYes;
        }
        return true;
      },
      [&](const Ref<>& item) {  // of a view need not be hashable
        all = set != nullptr ? set_contains(set, item.get())
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
    return compare_with_view(a, b, size_fits);
  }
  return decide(as<Set>(a), as<Set>(b), [&](Set* x, Set* y, bool may_ask) {
    return size_fits(x->size, y->size) && all_in(x, y, may_ask);
  });
}

GILBENCH_END
