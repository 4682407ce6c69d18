// Whole dicts: copy, update, union, equality. What runs no program code is one step (one_step.h).
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

// Inside the sections of both; `to` has no key yet.
void copy_entries(Dict* to, const Dict* from) {
  if (from->size == 0) return;
  dict_resize(to, from->size);
  const HiddenTable hidden(to);
  for (std::size_t i = 0; i < from->used; ++i) {
    const Dict::Entry& entry = from->entries[i];
    if (entry.key == nullptr) continue;
    dict_insert(to, entry.key, entry.hash, entry.value, dict_empty_slot(to, entry.hash));
  }
}

// A dict's entries, each owned, as they were at one moment.
class Snapshot {
 public:
  explicit Snapshot(Dict* dict) {
    Section section(dict);
    entries_.reserve(dict->size);
    for (std::size_t i = 0; i < dict->used; ++i) {
      const Dict::Entry& entry = dict->entries[i];
      if (entry.key == nullptr) continue;
      retain(entry.key);
      retain(entry.value);
      entries_.push_back(entry);
    }
  }
  ~Snapshot() {
    for (const Dict::Entry& entry : entries_) {
      release(entry.key);
      release(entry.value);
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;
  auto begin() const { return entries_.begin(); }
  auto end() const { return entries_.end(); }
  std::size_t size() const { return entries_.size(); }

 private:
  ObjectVector<Dict::Entry> entries_;
};

void set_hashed(Dict* dict, const Dict::Entry& entry) {
  release_if(dict_access(dict, entry.key, entry.hash,
                         [&](bool found, const DictCursor& cursor) -> Object* {
                           if (!found) {
                             dict_insert(dict, entry.key, entry.hash, entry.value, cursor.slot);
                             return nullptr;
                           }
                           retain(entry.value);
                           return exchange_shared(dict->entries[cursor.entry].value, entry.value);
                         }));
}

// Values that other ones have replaced, released when the sections are over.
struct Replaced {
  ObjectVector<Object*> values;

  // Puts a value in another's place. There may be no memory to note that one: then nothing changes.
  void replace(Object*& slot, Object* value) {
    values.push_back(slot);
    retain(value);
    store_shared(slot, value);
  }
  ~Replaced() {
    for (Object* value : values) release(value);
  }
};

// Inside the sections of both; false, with some of it done, where program code must compare keys.
bool merge_unguarded(Dict* dict, const Dict* other, Replaced* replaced) {
  if (dict->used == 0) {
    copy_entries(dict, other);
    return true;
  }
  if (dict->capacity - dict->used < other->size) dict_resize(dict, dict->size + other->size);
  const HiddenTable hidden(dict);
  for (std::size_t i = 0; i < other->used; ++i) {
    const Dict::Entry& entry = other->entries[i];
    if (entry.key == nullptr) continue;
    DictCursor cursor(dict, entry.hash);
    const Answer answer = dict_probe(dict, entry.key, entry.hash, &cursor);
    if (answer == Answer::kAsk) return false;
    if (answer == Answer::kNo) {
      dict_insert(dict, entry.key, entry.hash, entry.value, cursor.slot);
    } else {
      replaced->replace(dict->entries[cursor.entry].value, entry.value);
    }
  }
  return true;
}

bool merge_natively(Dict* dict, Dict* other) {
  Replaced replaced;
  PairSection section(dict, other);
  return merge_unguarded(dict, other, &replaced);
}

void merge(Dict* dict, Dict* other) {
  if (dict == other || merge_natively(dict, other)) return;
  const Snapshot snapshot(other);
  for (const Dict::Entry& entry : snapshot) set_hashed(dict, entry);
}

// ---- pairs ----

// Puts a pair into a dict that nobody else sees; false, with nothing done, where that takes program
// code or is an error. In sections of others.
bool add_simple_pair(Dict* dict, Object* pair, Replaced* replaced) {
  if (pair->kind() != Kind::kTuple || as<Tuple>(pair)->size != 2) return false;
  Object* const* key_and_value = as<Tuple>(pair)->items;
  Object* key = key_and_value[0];
  Object* value = key_and_value[1];
  const std::optional<Hash> hash = simple_hash(key);
  if (!hash) return false;
  DictCursor cursor(dict, *hash);
  switch (dict_probe(dict, key, *hash, &cursor)) {
    case Answer::kAsk:
      return false;
    case Answer::kNo:
      dict_insert(dict, key, *hash, value, cursor.slot);
      return true;
    case Answer::kYes:
      replaced->replace(dict->entries[cursor.entry].value, value);
      return true;
  }
  return false;
}

// Pairs that are lists as tuples, each read in a step of its own; where there are none, as they
// are.
Ref<> pairs_as_tuples(Object* pairs) {
  const auto is_list = [](const Object* pair) { return pair->kind() == Kind::kList; };
  if (!is_list(pairs) && pairs->kind() != Kind::kTuple) return Ref<>::share(pairs);
  Ref<List> copy = to_list(pairs);
  const std::span<Object*> items(copy->items, copy->size);
  if (std::none_of(items.begin(), items.end(), is_list)) return Ref<>::share(pairs);
  for (Object*& item : items) {
    if (is_list(item)) release(std::exchange(item, to_tuple(item).take()));
  }
  return copy;
}

void add_pairs(Dict* dict, Object* pairs) {
  std::size_t number = 0;
  const auto add_one = [&](const Ref<>& pair) {
    const std::string element = "dictionary update sequence element #" + std::to_string(number++);
    Ref<Tuple> items;
    try {
      items = to_tuple(iterator_of_instance(pair.get()).get());
    } catch (const Raised& raised) {
      if (!is_exception_of(raised.exception.get(), X::TypeError)) throw;
      raise(X::TypeError, "cannot convert ", element, " to a sequence");
    }
    if (items->size != 2) {
      raise(X::ValueError, element, " has length ", std::to_string(items->size), "; 2 is required");
    }
    Object* const* key_and_value = items->items;
    dict_set(dict, key_and_value[0], key_and_value[1]);
  };
  const Ref<Dict> batch = make_dict();
  Replaced replaced;
  const auto add_all = [&](std::span<Object* const> items) {
    const bool all_simple = std::all_of(items.begin(), items.end(), [&](Object* pair) {
      return add_simple_pair(batch.get(), pair, &replaced);
    });
    return merge_unguarded(dict, batch.get(), &replaced) && all_simple;
  };
  take_items(dict, pairs_as_tuples(pairs).get(), add_all, add_one);
}

}  // namespace

Ref<Dict> dict_copy(Dict* dict) {
  Ref<Dict> copy = make_dict();
  Section section(dict);
  copy_entries(copy.get(), dict);
  return copy;
}

void dict_update(Dict* dict, Object* other) {
  if (other->kind() == Kind::kDict) return merge(dict, as<Dict>(other));
  Str* keys_name = intern("keys");
  const Ref<> keys = is_instance(other) ? find_attribute(other, keys_name) : Ref<>();
  if (!keys) return add_pairs(dict, other);
  const Ref<> names = call(keys.get(), {});
  for_each(names.get(),
           [&](const Ref<>& key) { dict_set(dict, key.get(), get_item(other, key.get()).get()); });
}

void dict_update(Dict* dict, Object* other, Args keywords) {
  const Tuple* names = keywords.keywords;
  if (names == nullptr || names->size == 0) {
    if (other != nullptr) dict_update(dict, other);
    return;
  }
  const Ref<Dict> named = make_dict();
  // A dict and the keywords make one step; anything else is a step before that.
  const bool together = other != nullptr && other->kind() == Kind::kDict;
  if (other != nullptr) dict_update(together ? named.get() : dict, other);
  for (std::size_t i = 0; i < names->size; ++i) {
    dict_set(named.get(), names->items[i], keywords.values[keywords.count + i]);
  }
  merge(dict, named.get());
}

Ref<Dict> dict_union(Dict* a, Dict* b) {
  Ref<Dict> result = make_dict();
  bool done = false;
  {
    Replaced replaced;
    PairSection section(a, b);
    copy_entries(result.get(), a);
    done = merge_unguarded(result.get(), b, &replaced);
  }
  if (!done) merge(result.get(), b);
  return result;
}

Ref<Dict> dict_from_keys(Object* keys, Object* value) {
  Ref<Dict> dict = make_dict();
  Dict* const made = dict.get();
  const auto add_all = [made, value](std::span<Object* const> items) {
    return std::all_of(items.begin(), items.end(), [made, value](Object* key) {
      const std::optional<Hash> hash = simple_hash(key);
      if (!hash) return false;
      DictCursor cursor(made, *hash);
      const Answer answer = dict_probe(made, key, *hash, &cursor);
      if (answer == Answer::kNo) dict_insert(made, key, *hash, value, cursor.slot);
      return answer != Answer::kAsk;
    });
  };
  take_items(made, keys, add_all,
             [made, value](const Ref<>& key) { dict_set(made, key.get(), value); });
  return dict;
}

namespace {

// At one moment of both; kAsk where keys or values need program code, or a look into other
// containers.
Answer equal_natively(Dict* a, Dict* b) {
  PairSection section(a, b);
  if (a->size != b->size) return Answer::kNo;
  for (std::size_t i = 0; i < a->used; ++i) {
    const Dict::Entry& entry = a->entries[i];
    if (entry.key == nullptr) continue;
    DictCursor cursor(b, entry.hash);
    Answer answer = dict_probe(b, entry.key, entry.hash, &cursor);
    if (answer == Answer::kYes) {
      Object* value = b->entries[cursor.entry].value;
      answer = quick_equal(entry.value, value, is_simple_key(value));
    }
    if (answer != Answer::kYes) return answer;
  }
  return Answer::kYes;
}

}  // namespace

bool dict_equal(Dict* a, Dict* b) {
  if (a == b) return true;
  const Answer answer = equal_natively(a, b);
  if (answer != Answer::kAsk) return answer == Answer::kYes;
  const Snapshot left(a);
  if (left.size() != dict_size(b)) return false;
  for (const Dict::Entry& entry : left) {
    const Ref<> value =
        dict_access(b, entry.key, entry.hash, [b](bool found, const DictCursor& cursor) {
          return found ? Ref<>::share(b->entries[cursor.entry].value) : Ref<>();
        });
    if (!value || !equal(entry.value, value.get())) return false;
  }
  return true;
}

GILBENCH_END
