// The table inside a dict: probing, inserting, deleting. All of it in the dict's section, or where
// nobody else can see the dict yet; none of it runs program code or releases an object.
//
// Collisions are resolved as in CPython: slot = 5 * slot + 1 + perturb, where perturb feeds the
// high bits of the hash in. A slot of a deleted entry is not used again before the next table, so a
// key that comes while a search is interrupted (keys.h) always stands behind the place where it
// stopped.
//
// Invariants: size <= used <= capacity < number of indices; slots that are not kEmpty are at most
// the first capacity's number, so every search ends at an empty one.
#pragma once

#include <utility>

#include "runtime/objects/keys.h"
#include "runtime/objects/read.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"
#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

// A place in a search.
struct DictCursor {
  std::size_t slot;
  std::size_t perturb;
  std::int32_t entry = Dict::kEmpty;

  DictCursor() = default;
  DictCursor(const Dict* dict, Hash hash)
      : slot(static_cast<std::size_t>(hash) & dict->mask),
        perturb(static_cast<std::size_t>(hash)) {}
  void advance(const Dict* dict) {
    perturb >>= 5;
    slot = (slot * 5 + perturb + 1) & dict->mask;
  }
};

// Searches from `cursor` on, which is left at the entry found (kYes) or asked about (kAsk), or at
// the empty slot that ends the search (kNo).
inline Answer dict_probe(const Dict* dict, const Object* key, Hash hash, DictCursor* cursor) {
  if (dict->indices == nullptr) return Answer::kNo;
  for (;; cursor->advance(dict)) {
    const std::int32_t entry = dict->indices[cursor->slot];
    cursor->entry = entry;
    if (entry >= 0) {
      const Dict::Entry& candidate = dict->entries[entry];
      if (candidate.key == key) return Answer::kYes;
      if (candidate.hash == hash) {
        const Answer answer = same_key(candidate.key, key);
        if (answer != Answer::kNo) return answer;
      }
    } else if (entry == Dict::kEmpty) {
      return Answer::kNo;
    }
  }
}

// The same for a name, which program code has no say about.
inline bool dict_probe_name(const Dict* dict, const Str* name, Hash hash, DictCursor* cursor) {
  Answer answer = dict_probe(dict, name, hash, cursor);
  while (answer == Answer::kAsk) [[unlikely]] {
      cursor->advance(dict);
      answer = dict_probe(dict, name, hash, cursor);
    }
  return answer == Answer::kYes;
}

// A number for a table, from the thread's block.
inline std::uint64_t new_table_version() {
  constexpr std::uint64_t kBlock = 1024;
  Thread& thread = this_thread();
  if (thread.next_table == thread.tables_end) {
    // relaxed: only the numbers' uniqueness counts.
    thread.next_table = thread.world.next_dict_table.fetch_add(kBlock, std::memory_order_relaxed);
    thread.tables_end = thread.next_table + kBlock;
  }
  return thread.next_table++ << Dict::kChangeBits;
}

inline std::uint64_t table_number(const Dict* dict) {
  return dict->keys_version >> Dict::kChangeBits;
}

inline void dict_keys_changed(Dict* dict) {
  constexpr std::uint64_t kChanges = (std::uint64_t{1} << Dict::kChangeBits) - 1;
  if (kReadsUnlocked && dict->keys_version == 0) return;  // hidden: see HiddenTable
  std::uint64_t version = dict->keys_version + 1;
  if ((version & kChanges) == 0) [[unlikely]]
    version = new_table_version();
  store_shared(dict->keys_version, version);
}

// Whether the key that was just read out of a slot, and whose hash is that of `key`, equals it,
// without the dict's lock; kAsk: only the lock can tell. Strings are looked into, as what comes out
// of another string is rarely the same object: with a reference to them, where others might free
// them meanwhile; `same_table` as in dict_read().
template <class Same>
Answer same_text(Object*& slot, Object* stored, const Object* key, Same same_table) {
  const auto compare = [key](const Object* text) {
    return is_str(text) ? same_key(text, key) : Answer::kAsk;
  };
  if (!is_str(key)) return Answer::kAsk;
  // Should it no longer be the slot's: dict_read() finds that out.
  if (Refs::alive_own(*stored) || Refs::immortal(*stored)) [[likely]]
    return compare(stored);
  return outlined([&slot, stored, compare, same_table] {
    const Ref<> others = Ref<>::adopt(read_others(slot, stored, same_table));
    return others ? compare(others.get()) : Answer::kAsk;
  });
}

// Looks a key up without the lock: kYes and its value (owned), or kNo; kAsk: only the lock can
// tell. Keys are told by identity, as names and constants are interned, or else by same_text().
inline Answer dict_read(Dict* dict, const Object* key, Hash hash, Object** value) {
  if constexpr (kReadsUnlocked) {
    const std::uint64_t version = load_shared(dict->keys_version);
    const auto same_table = [dict, version]() GILBENCH_INLINE_LAMBDA {
      return (load_shared(dict->keys_version) ^ version) >> Dict::kChangeBits == 0;
    };
    Dict::Entry* const entries = load_shared(dict->entries);
    const std::int32_t* const indices = load_shared(dict->indices);
    const std::size_t mask = load_shared(dict->mask);
    if (version == 0 || !same_table()) [[unlikely]]
      return Answer::kAsk;  // the three may be of two tables
    std::size_t slot = static_cast<std::size_t>(hash) & mask;
    for (std::size_t perturb = static_cast<std::size_t>(hash);;) {
      const std::int32_t entry = load_shared(indices[slot]);
      // What is not in this table, while it is still the dict's, is not in the dict.
      if (entry == Dict::kEmpty) return same_table() ? Answer::kNo : Answer::kAsk;
      if (entry >= 0) {
        Dict::Entry& candidate = entries[entry];
        Object* stored = load_shared(candidate.key);
        Answer answer = Answer::kNo;
        if (stored == key) {
          answer = Answer::kYes;
        } else if (stored != nullptr && load_shared(candidate.hash) == hash) {
          answer = same_text(candidate.key, stored, key, same_table);
        }
        if (answer == Answer::kYes) {
          *value = read_table_slot(candidate.value, same_table);
          return *value != nullptr ? Answer::kYes : Answer::kAsk;
        }
        if (answer == Answer::kAsk) return Answer::kAsk;
      }
      perturb >>= 5;
      slot = (slot * 5 + perturb + 1) & mask;
    }
  }
  return Answer::kAsk;
}

// A new table with room for `wanted` entries at least; the live entries move there in order.
void dict_resize(Dict* dict, std::size_t wanted);

// While many entries change readers find no table, so that they see all of it or nothing. The table
// must have the room that it needs.
class [[nodiscard]] HiddenTable {
 public:
  explicit HiddenTable(Dict* dict) noexcept : dict_(dict) {
    if constexpr (kReadsUnlocked) store_shared(dict_->keys_version, 0);
  }
  ~HiddenTable() {
    if constexpr (kReadsUnlocked) store_shared(dict_->keys_version, new_table_version());
  }
  HiddenTable(const HiddenTable&) = delete;
  HiddenTable& operator=(const HiddenTable&) = delete;

 private:
  Dict* dict_;
};

// The slot where a new key of that hash belongs.
inline std::size_t dict_empty_slot(const Dict* dict, Hash hash) {
  DictCursor cursor(dict, hash);
  while (dict->indices[cursor.slot] != Dict::kEmpty) cursor.advance(dict);
  return cursor.slot;
}

// Adds a key that is not there, sharing key and value. `slot` is where its search ended.
inline void dict_insert(Dict* dict, Object* key, Hash hash, Object* value, std::size_t slot) {
  if (dict->used == dict->capacity) [[unlikely]] {
    dict_resize(dict, dict->size + dict->size / 2 + 1);
    slot = dict_empty_slot(dict, hash);
  }
  retain(key);
  retain(value);
  Dict::Entry& entry = dict->entries[dict->used];
  store_shared(entry.hash, hash);
  store_shared(entry.key, key);
  store_shared(entry.value, value);
  store_shared(dict->indices[slot], static_cast<std::int32_t>(dict->used++));
  ++dict->size;
  dict_keys_changed(dict);
}

// Takes the entry at `cursor` out; its references become the caller's, to be released outside.
inline Dict::Entry dict_take(Dict* dict, const DictCursor& cursor) {
  Dict::Entry& entry = dict->entries[cursor.entry];
  store_shared(dict->indices[cursor.slot], Dict::kDeleted);
  --dict->size;
  dict_keys_changed(dict);
  const Dict::Entry taken = entry;
  store_shared(entry.key, nullptr);
  store_shared(entry.value, nullptr);
  return taken;
}

// A search interrupted for a question to program code.
struct DictQuestion {
  DictCursor cursor;
  std::uint64_t table = 0;
  AskedKeys asked;

  void open(const Dict* dict, const DictCursor& at) {
    cursor = at;
    table = table_number(dict);
    asked.open(dict->entries[at.entry].key);
  }
  // The answer as the dict stands now: starts again where the table or the candidate has changed.
  Answer go_on(const Dict* dict, const Object* key, Hash hash) {
    Answer answer = Answer::kAsk;
    if (asked.last() == nullptr || table != table_number(dict) ||
        dict->entries[cursor.entry].key != asked.last()) {
      cursor = DictCursor(dict, hash);
      answer = dict_probe(dict, key, hash, &cursor);
    }
    while (answer == Answer::kAsk) {
      answer = asked.answer(dict->entries[cursor.entry].key);
      if (answer != Answer::kNo) return answer;
      cursor.advance(dict);
      answer = dict_probe(dict, key, hash, &cursor);
    }
    return answer;
  }
};

// The search with questions: begins anew, outside the dict's section.
template <class Action>
[[gnu::noinline]] auto dict_ask(Dict* dict, Object* key, Hash hash, Action& action) {
  DictQuestion question;  // outlives the sections: nothing is released inside them
  for (;;) {
    {
      Section section(dict);
      const Answer answer = question.go_on(dict, key, hash);
      if (answer != Answer::kAsk) return action(answer == Answer::kYes, question.cursor);
      question.open(dict, question.cursor);
    }
    question.asked.ask(key);
  }
}

// Searches for the key and calls action(found, cursor) inside the dict's section. (P)
template <class Action>
inline auto dict_access(Dict* dict, Object* key, Hash hash, Action&& action) {
  {
    Section section(dict);
    DictCursor cursor(dict, hash);
    const Answer answer = dict_probe(dict, key, hash, &cursor);
    if (answer != Answer::kAsk) [[likely]]
      return action(answer == Answer::kYes, cursor);
  }
  return dict_ask(dict, key, hash, action);
}

GILBENCH_END
