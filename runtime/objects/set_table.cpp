// All operations search with table_find(). Where keys must be compared by program code and the
// caller is in a section, it throws NeedsProgram.
#include "runtime/objects/set_table.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "runtime/memory/heap.h"

GILBENCH_BEGIN

namespace {

// Moves an owned key to the first unused entry of its search.
void place(Set* set, Set::Entry entry) {
  SetCursor cursor(set, entry.hash);
  while (cursor.entry(set).key != nullptr) cursor.advance(set);
  cursor.entry(set) = entry;
}

Set::Entry* new_table(std::size_t count) {
  auto* table = static_cast<Set::Entry*>(allocate_buffer(count * sizeof(Set::Entry)));
  std::fill_n(table, count, Set::Entry{nullptr, 0});
  return table;
}

}  // namespace

void set_resize(Set* set, std::size_t wanted) {
  constexpr std::size_t kSmallest = 8;
  std::size_t count = kSmallest;
  while (count <= wanted) count *= 2;
  // CPython's first table is part of the set, and stays as it is when nothing in it is deleted.
  const bool stays = count == kSmallest && set->mask == kSmallest - 1 && set->fill == set->size;
  if (set->table != nullptr && stays) return;
  Set::Entry* const table = new_table(count);
  Set::Entry* const old = std::exchange(set->table, table);
  const std::size_t old_count = old == nullptr ? 0 : set->mask + 1;
  set->mask = count - 1;
  set->fill = set->size;
  ++set->generation;
  for (std::size_t i = 0; i < old_count; ++i) {
    if (is_live(old[i])) place(set, old[i]);
  }
  free_buffer(old);
}

void set_try_resize(Set* set, std::size_t wanted) noexcept {
  try {
    set_resize(set, wanted);
  } catch (const std::bad_alloc&) {  // searches take longer
  }
}

void set_insert_clean(Set* set, Object* key, Hash hash) {
  retain(key);
  place(set, {key, hash});
  ++set->fill;
  ++set->size;
}

bool table_find(Set* set, Object* key, Hash hash, bool may_ask, SetCursor* cursor) {
  *cursor = SetCursor(set, hash);
  for (;;) {
    const Answer answer = set_probe(set, key, hash, cursor);
    if (answer != Answer::kAsk) return answer == Answer::kYes;
    if (!may_ask) throw NeedsProgram();
    if (equal(cursor->entry(set).key, key)) return true;
    cursor->advance(set);
  }
}

bool table_contains(Set* set, const Set::Entry& entry, bool may_ask) {
  SetCursor cursor;
  return table_find(set, entry.key, entry.hash, may_ask, &cursor);
}

void table_add(Set* set, const Set::Entry& entry, bool may_ask) {
  SetCursor cursor;
  if (table_find(set, entry.key, entry.hash, may_ask, &cursor)) return;
  set_insert(set, entry.key, entry.hash, cursor);
}

Object* table_discard(Set* set, const Set::Entry& entry, bool may_ask) {
  SetCursor cursor;
  if (!table_find(set, entry.key, entry.hash, may_ask, &cursor)) return nullptr;
  return set_take(set, &cursor.entry(set));
}

void table_merge(Set* set, const Set* other, bool may_ask) {
  if (other == set || other->size == 0) return;
  // CPython has a table of 8 from the start.
  if (set->table == nullptr) set_resize(set, 0);
  if ((set->fill + other->size) * 5 >= set->mask * 3) {
    set_resize(set, (set->size + other->size) * 2);
  }
  const std::size_t count = other->mask + 1;
  if (set->fill == 0 && set->mask == other->mask && other->fill == other->size) {
    std::copy_n(other->table, count, set->table);
    for (std::size_t i = 0; i < count; ++i) {
      if (set->table[i].key != nullptr) retain(set->table[i].key);
    }
    set->fill = set->size = other->size;
    return;
  }
  const bool clean = set->fill == 0;
  for (std::size_t i = 0; i < count; ++i) {
    const Set::Entry entry = other->table[i];
    if (!is_live(entry)) continue;
    if (clean) {
      set_insert_clean(set, entry.key, entry.hash);
    } else {
      table_add(set, entry, may_ask);
    }
  }
}

void set_swap_tables(Set* a, Set* b) {
  std::swap(a->size, b->size);
  std::swap(a->fill, b->fill);
  std::swap(a->mask, b->mask);
  std::swap(a->table, b->table);
  ++a->generation;
  ++b->generation;
}

void table_clone(Set* empty, const Set* set) {
  if (set->table == nullptr) return;
  const std::size_t count = set->mask + 1;
  empty->table = new_table(count);
  std::copy_n(set->table, count, empty->table);
  for (std::size_t i = 0; i < count; ++i) {
    if (is_live(empty->table[i])) retain(empty->table[i].key);
  }
  empty->size = set->size;
  empty->fill = set->fill;
  empty->mask = set->mask;
  ++empty->generation;
}

GILBENCH_END
