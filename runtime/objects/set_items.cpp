// Sets taken together with the items of any iterable; with each other: set_operations.cpp.
//
// Where neither the items nor their hashes and comparisons need program code, each operation is one
// step (one_step.h), with CPython 3.11's choices, on which the order of the result depends: it
// takes the items one after the other, in their order. A set among them has no hash here: only who
// asks for one key (`in`, discard) may ask with a set.
#include <algorithm>
#include <optional>
#include <span>
#include <utility>

#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"
#include "runtime/objects/set_operations.h"
#include "runtime/objects/set_table.h"

GILBENCH_BEGIN

namespace {

using Items = std::span<Object* const>;

// Calls body(entry) for each item, until it returns false; true when it never did. In the section
// of the set that body looks into. Throws NeedsProgram, as the tables do.
template <class Body>
bool each_entry(Items items, Body&& body) {
  return std::all_of(items.begin(), items.end(), [&body](Object* key) {
    const std::optional<Hash> hash = simple_hash(key);
    if (!hash) throw NeedsProgram();
    return body(Set::Entry{key, *hash});
  });
}

// take_items() with tables, which say by NeedsProgram what at_once() says by false.
template <class AtOnce, class OneByOne>
void with_items(Set* set, Object* iterable, AtOnce&& at_once, OneByOne&& one_by_one) {
  const auto answering = [&at_once](Items items) {
    try {
      at_once(items);
      return true;
    } catch (const NeedsProgram&) {
      return false;
    }
  };
  take_items(set, iterable, answering, one_by_one);
}

void discard_items(Set* set, Items items, RemovedKeys* removed) {
  // First: where a key has left, nothing may fail before it is noted.
  removed->keys.reserve(std::min(items.size(), set->size));
  each_entry(items, [&](const Set::Entry& entry) {
    if (Object* key = table_discard(set, entry, false)) removed->keys.push_back(key);
    return true;
  });
  set_drop_deleted(set);
}

// (P)
void add_if_in(Set* set, Object* item, Set* result) {
  const Hash hash = key_hash(item);  // once: it may be the program's
  if (set_contains(set, item, hash)) set_add(result, item, hash);
}

// Calls body(entry) for each key of a dict, with the hash that it knows; in the dict's section.
template <class Body>
void each_key(const Dict* dict, Body&& body) {
  for (std::size_t i = 0; i < dict->used; ++i) {
    const Dict::Entry& entry = dict->entries[i];
    if (entry.key != nullptr) body(Set::Entry{entry.key, entry.hash});
  }
}

// Inside the sections of both, or where nobody else sees the set.
void add_keys(Set* set, const Dict* dict) {
  if (set->table == nullptr) set_resize(set, 0);
  if ((set->fill + dict->size) * 5 >= set->mask * 3) set_resize(set, (set->size + dict->size) * 2);
  each_key(dict, [set](const Set::Entry& entry) { table_add(set, entry, false); });
}

void set_merge_keys(Set* set, Dict* dict) {
  try {
    PairSection section(set, dict);
    return add_keys(set, dict);
  } catch (const NeedsProgram&) {
  }
  const Ref<Dict> keys = dict_copy(dict);
  each_key(keys.get(), [set](const Set::Entry& entry) { set_add(set, entry.key, entry.hash); });
}

}  // namespace

// ---- changes ----

void set_update(Set* set, Object* iterable) {
  if (is_any_set(iterable)) return set_merge(set, as<Set>(iterable));
  if (iterable->kind() == Kind::kDict) return set_merge_keys(set, as<Dict>(iterable));
  with_items(
      set, iterable,
      [set](Items items) {
        each_entry(items, [set](const Set::Entry& entry) {
          table_add(set, entry, false);
          return true;
        });
      },
      [set](const Ref<>& key) { set_add(set, key.get()); });
}

void set_subtract_items(Set* set, Object* iterable) {
  if (is_any_set(iterable)) return set_subtract(set, as<Set>(iterable));
  RemovedKeys removed;
  with_items(
      set, iterable, [&](Items items) { discard_items(set, items, &removed); },
      [set](const Ref<>& item) { set_remove(set, item.get(), key_hash(item.get())); });
  Section section(set);
  set_drop_deleted(set);
}

void set_intersect_with_items(Set* set, Object* iterable) {
  Ref<Set> common = make_set();
  bool done = false;
  with_items(
      set, iterable,
      [&](Items items) {
        each_entry(items, [&](const Set::Entry& entry) {
          if (table_contains(set, entry, false)) table_add(common.get(), entry, false);
          return true;
        });
        set_swap_tables(set, common.get());
        done = true;
      },
      [&](const Ref<>& item) { add_if_in(set, item.get(), common.get()); });
  if (done) return;
  Section section(set);
  set_swap_tables(set, common.get());
}

// In the dict's order, not in that of a set of its keys.
void set_toggle_keys(Set* set, Dict* dict) {
  RemovedKeys removed;
  const Ref<Set> result = make_set();
  try {
    PairSection section(set, dict);
    table_clone(result.get(), set);
    removed.keys.reserve(std::min(dict->size, set->size));
    each_key(dict, [&](const Set::Entry& entry) {
      if (Object* key = table_discard(result.get(), entry, false)) {
        removed.keys.push_back(key);
      } else {
        table_add(result.get(), entry, false);
      }
    });
    return set_swap_tables(set, result.get());
  } catch (const NeedsProgram&) {
  }
  const Ref<Dict> keys = dict_copy(dict);
  each_key(keys.get(), [set](const Set::Entry& entry) {
    if (!set_remove(set, entry.key, entry.hash)) set_add(set, entry.key, entry.hash);
  });
}

// ---- new sets ----

Ref<Set> to_set(Object* iterable, bool frozen) {
  Ref<Set> result = make_set(frozen);
  set_update(result.get(), iterable);
  return result;
}

Ref<Set> set_union_items(Set* a, Object* iterable) {
  Ref<Set> result = make_set(is_frozen(a));
  if (iterable->kind() == Kind::kDict) {
    Dict* dict = as<Dict>(iterable);
    try {
      PairSection section(a, dict);
      table_merge(result.get(), a, false);  // into an empty set: compares nothing
      add_keys(result.get(), dict);
      return result;
    } catch (const NeedsProgram&) {
    }
    set_merge_keys(result.get(), dict);
    return result;
  }
  bool copied = false;
  const auto copy = [&] {
    if (!std::exchange(copied, true)) table_merge(result.get(), a, false);
  };
  const auto copy_guarded = [&] {
    Section section(a);
    copy();
  };
  with_items(
      a, iterable,
      [&](Items items) {
        copy();
        each_entry(items, [&](const Set::Entry& entry) {
          table_add(result.get(), entry, false);
          return true;
        });
      },
      [&](const Ref<>& item) {
        if (!copied) copy_guarded();
        set_add(result.get(), item.get());
      });
  if (!copied) copy_guarded();  // there was no item
  return result;
}

Ref<Set> set_intersection_items(Set* a, Object* iterable) {
  Ref<Set> result = make_set(is_frozen(a));
  with_items(
      a, iterable,
      [&](Items items) {
        each_entry(items, [&](const Set::Entry& entry) {
          if (table_contains(a, entry, false)) table_add(result.get(), entry, false);
          return true;
        });
      },
      [&](const Ref<>& item) { add_if_in(a, item.get(), result.get()); });
  return result;
}

Ref<Set> set_difference_items(Set* a, Object* iterable) {
  RemovedKeys removed;
  Ref<Set> result;
  const auto start = [&] {
    result = make_set(is_frozen(a));
    table_merge(result.get(), a, false);
  };
  with_items(
      a, iterable,
      [&](Items items) {
        start();
        discard_items(result.get(), items, &removed);
      },
      [&](const Ref<>& item) {
        if (!result) {
          Section section(a);
          start();
        }
        set_remove(result.get(), item.get(), key_hash(item.get()));
      });
  if (result) return result;
  Section section(a);
  start();
  return result;
}

// ---- questions ----

bool set_is_disjoint_items(Set* set, Object* iterable) {
  bool disjoint = true;
  with_items(
      set, iterable,
      [&](Items items) {
        disjoint = each_entry(
            items, [&](const Set::Entry& entry) { return !table_contains(set, entry, false); });
      },
      [&](const Ref<>& item) {
        disjoint = !set_contains(set, item.get(), key_hash(item.get()));
        return disjoint;
      });
  return disjoint;
}

bool set_has_items(Set* set, Object* iterable) {
  bool all = true;
  with_items(
      set, iterable,
      [&](Items items) {
        all = each_entry(
            items, [&](const Set::Entry& entry) { return table_contains(set, entry, false); });
      },
      [&](const Ref<>& item) {
        all = set_contains(set, item.get(), key_hash(item.get()));
        return all;
      });
  return all;
}

GILBENCH_END
