// The operations of set on one key, and copies. Two sets together: set_operations.cpp.
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/set_table.h"

GILBENCH_BEGIN

Ref<Set> make_set(bool frozen) {
  return Ref<Set>::adopt(allocate_object<Set>(frozen ? types::frozen_set : types::set));
}

namespace {

// A search interrupted for a question to program code.
struct SetQuestion {
  SetCursor cursor;
  std::uint64_t generation = 0;
  AskedKeys asked;

  void open(const Set* set, const SetCursor& at) {
    cursor = at;
    generation = set->generation;
    asked.open(at.entry(set).key);
  }
  // The answer as the set stands now: starts again where the table or the candidate has changed.
  Answer go_on(const Set* set, const Object* key, Hash hash) {
    Answer answer = Answer::kAsk;
    if (asked.last() == nullptr || generation != set->generation ||
        cursor.entry(set).key != asked.last()) {
      cursor = SetCursor(set, hash);
      answer = set_probe(set, key, hash, &cursor);
    }
    while (answer == Answer::kAsk) {
      answer = asked.answer(cursor.entry(set).key);
      if (answer != Answer::kNo) return answer;
      cursor.advance(set);
      answer = set_probe(set, key, hash, &cursor);
    }
    return answer;
  }
};

// The search with questions: begins anew, outside the set's section.
template <class Action>
[[gnu::noinline]] auto set_ask(Set* set, Object* key, Hash hash, Action& action) {
  SetQuestion question;  // outlives the sections: nothing is released inside them
  for (;;) {
    {
      Section section(set);
      const Answer answer = question.go_on(set, key, hash);
      if (answer != Answer::kAsk) return action(answer == Answer::kYes, question.cursor);
      question.open(set, question.cursor);
    }
    question.asked.ask(key);
  }
}

// Searches for the key and calls action(found, cursor) inside the set's section. (P)
template <class Action>
inline auto set_access(Set* set, Object* key, Hash hash, Action&& action) {
  {
    Section section(set);
    SetCursor cursor(set, hash);
    const Answer answer = set_probe(set, key, hash, &cursor);
    if (answer != Answer::kAsk) [[likely]]
      return action(answer == Answer::kYes, cursor);
  }
  return set_ask(set, key, hash, action);
}

// A set cannot be hashed, yet it can be looked up: as the frozenset that is equal to it.
Ref<> lookup_key(Object* key) {
  if (key->kind() == Kind::kSet) [[unlikely]]
    return set_copy(as<Set>(key), true);
  return Ref<>::share(key);
}

}  // namespace

bool set_contains(Set* set, Object* key) {
  const Ref<> wanted = lookup_key(key);
  return set_access(set, wanted.get(), key_hash(wanted.get()),
                    [](bool found, const SetCursor&) { return found; });
}

bool set_contains(Set* set, Object* key, Hash hash) {
  return set_access(set, key, hash, [](bool found, const SetCursor&) { return found; });
}

bool set_add(Set* set, Object* key) { return set_add(set, key, key_hash(key)); }

bool set_add(Set* set, Object* key, Hash hash) {
  return set_access(set, key, hash, [=](bool found, const SetCursor& cursor) {
    if (!found) set_insert(set, key, hash, cursor);
    return !found;
  });
}

bool set_remove(Set* set, Object* key) {
  const Ref<> wanted = lookup_key(key);
  return set_remove(set, wanted.get(), key_hash(wanted.get()));
}

bool set_remove(Set* set, Object* key, Hash hash) {
  Object* taken = set_access(set, key, hash, [set](bool found, const SetCursor& cursor) {
    return found ? set_take(set, &cursor.entry(set)) : nullptr;
  });
  release_if(taken);
  return taken != nullptr;
}

Ref<> set_pop(Set* set) {
  Section section(set);
  if (set->size == 0) return {};
  std::size_t at = set->finger & set->mask;
  while (!is_live(set->table[at])) at = (at + 1) & set->mask;
  set->finger = at + 1;
  return Ref<>::adopt(set_take(set, &set->table[at]));
}

void set_clear(Set* set) {
  Set::Entry* table = nullptr;
  std::size_t count = 0;
  {
    Section section(set);
    table = std::exchange(set->table, nullptr);
    count = table == nullptr ? 0 : set->mask + 1;
    set->size = set->fill = set->mask = 0;
    ++set->generation;
  }
  for (std::size_t i = 0; i < count; ++i) {
    if (is_live(table[i])) release(table[i].key);
  }
  free_buffer(table);
}

std::size_t set_size(Set* set) {
  Section section(set);
  return set->size;
}

void set_list_unguarded(const Set* set, List* list) {
  list_reserve(list, set->size);
  for (std::size_t i = 0; set->table != nullptr && i <= set->mask; ++i) {
    if (is_live(set->table[i])) list_push(list, Ref<>::share(set->table[i].key).take());
  }
}

Ref<List> set_list(Set* set) {
  Ref<List> list = make_list();
  Section section(set);
  set_list_unguarded(set, list.get());
  return list;
}

bool set_next(Set* set, std::size_t* position, Ref<>* key) {
  Ref<> found;
  {
    Section section(set);
    if (set->table == nullptr) return false;
    std::size_t i = *position;
    while (i <= set->mask && !is_live(set->table[i])) ++i;
    if (i > set->mask) return false;
    found = Ref<>::share(set->table[i].key);
    *position = i + 1;
  }
  *key = std::move(found);
  return true;
}

Ref<Set> set_copy(Set* set, bool frozen) {
  Ref<Set> copy = make_set(frozen);
  Section section(set);
  table_merge(copy.get(), set, false);  // into an empty set: compares nothing
  return copy;
}

GILBENCH_END
