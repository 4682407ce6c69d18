// The table inside a set: CPython 3.11's (Objects/setobject.c), so that iteration meets equal
// hashes in CPython's order. All of it in the set's section, or where nobody else can see the set.
//
// A search looks at ten neighbouring entries before it jumps: they share cache lines. Deleted
// entries keep a dummy key; a new item takes the last of them that its search has passed, if any. A
// table grows when three fifths of it are filled: fourfold, from 50,000 items on twofold.
#pragma once

#include <utility>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/keys.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

inline constexpr Hash kDeletedHash = -1;  // no key's hash

// A place in a search.
struct SetCursor {
  std::size_t base;
  std::size_t perturb;
  std::size_t offset = 0;
  Set::Entry* deleted = nullptr;  // the last one passed

  SetCursor() = default;
  SetCursor(const Set* set, Hash hash)
      : base(static_cast<std::size_t>(hash) & set->mask), perturb(static_cast<std::size_t>(hash)) {}
  void advance(const Set* set) {
    constexpr std::size_t kLinearProbes = 9;
    if (base + kLinearProbes <= set->mask && offset < kLinearProbes) {
      ++offset;
      return;
    }
    perturb >>= 5;
    base = (base * 5 + 1 + perturb) & set->mask;
    offset = 0;
  }
  Set::Entry& entry(const Set* set) const { return set->table[base + offset]; }
};

inline bool is_live(const Set::Entry& entry) {
  return entry.key != nullptr && entry.key != Set::dummy();
}

// Searches from `cursor` on, which is left at the entry found (kYes) or asked about (kAsk), or at
// the unused entry that ends the search (kNo).
inline Answer set_probe(const Set* set, const Object* key, Hash hash, SetCursor* cursor) {
  if (set->table == nullptr) return Answer::kNo;
  for (;; cursor->advance(set)) {
    Set::Entry& entry = cursor->entry(set);
    if (entry.key == nullptr) return Answer::kNo;
    if (entry.hash == hash) {
      const Answer answer = same_key(entry.key, key);
      if (answer != Answer::kNo) return answer;
    } else if (entry.hash == kDeletedHash) {
      cursor->deleted = &entry;
    }
  }
}

// A new table for more than `wanted` entries; the live ones move there in table order.
void set_resize(Set* set, std::size_t wanted);
// The same; nothing happens where there is no memory for it.
void set_try_resize(Set* set, std::size_t wanted) noexcept;
// Adds a key that is surely not there, sharing it.
void set_insert_clean(Set* set, Object* key, Hash hash);

inline std::size_t set_growth(const Set* set) {
  return set->size > 50'000 ? set->size * 2 : set->size * 4;
}

// Adds a key where its search ended, sharing it.
inline void set_insert(Set* set, Object* key, Hash hash, SetCursor cursor) {
  if (set->table == nullptr) {
    set_resize(set, 0);
    cursor = SetCursor(set, hash);
  }
  // An empty entry must be left, where every search ends: what was too large a table for the memory
  // that there was, when the key before this one came, must be had now.
  if (cursor.deleted == nullptr && set->fill == set->mask) [[unlikely]] {
    set_resize(set, set_growth(set));
    cursor = SetCursor(set, hash);
    while (cursor.entry(set).key != nullptr) cursor.advance(set);
  }
  retain(key);
  ++set->size;
  if (cursor.deleted != nullptr) {
    *cursor.deleted = {key, hash};
    ++set->generation;
    return;
  }
  cursor.entry(set) = {key, hash};
  ++set->fill;
  if (set->fill * 5 >= set->mask * 3) set_try_resize(set, set_growth(set));
}

// Takes the entry out; its reference becomes the caller's, to be released outside.
inline Object* set_take(Set* set, Set::Entry* entry) {
  --set->size;
  entry->hash = kDeletedHash;
  return std::exchange(entry->key, Set::dummy());
}

// Whole tables, of sets that nobody else sees or whose sections are held. They throw NeedsProgram
// where program code must compare keys, unless `may_ask`: then nobody else may see the sets, and
// they ask.
struct NeedsProgram {};
bool table_find(Set* set, Object* key, Hash hash, bool may_ask, SetCursor* cursor);
bool table_contains(Set* set, const Set::Entry& entry, bool may_ask);
void table_add(Set* set, const Set::Entry& entry, bool may_ask);
// The key taken out, the caller's; null where there is none.
Object* table_discard(Set* set, const Set::Entry& entry, bool may_ask);
void table_merge(Set* set, const Set* other, bool may_ask);
// An exact copy: same table, same places.
void table_clone(Set* empty, const Set* set);
void set_swap_tables(Set* a, Set* b);
// A smaller table where more than a quarter of it are deleted entries.
inline void set_drop_deleted(Set* set) {
  if (set->fill - set->size > set->mask / 4) set_try_resize(set, set_growth(set));
}

// Keys that left a set, released when its section is over.
struct RemovedKeys {
  ObjectVector<Object*> keys;
  RemovedKeys() = default;
  RemovedKeys(const RemovedKeys&) = delete;
  RemovedKeys& operator=(const RemovedKeys&) = delete;
  // Before one is taken out: afterwards it would be too late for an error.
  void make_room() {
    if (keys.size() == keys.capacity()) keys.reserve(2 * keys.size() + 8);
  }
  ~RemovedKeys() {
    for (Object* key : keys) release(key);
  }
};

GILBENCH_END
