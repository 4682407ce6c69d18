// Whole dicts: copy, update, equality.
#include <string>
#include <vector>

#include "runtime/interpreter/errors.h"
#include "runtime/memory/object_vector.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/make.h"
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

// In one step; false, with some of it done, where program code must compare keys.
bool merge_natively(Dict* dict, Dict* other, std::vector<Object*>* replaced) {
  PairSection section(dict, other);
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
      if (replaced->size() == replaced->capacity()) replaced->reserve(2 * replaced->size() + 8);
      retain(entry.value);
      replaced->push_back(exchange_shared(dict->entries[cursor.entry].value, entry.value));
    }
  }
  return true;
}

void merge(Dict* dict, Dict* other) {
  if (dict == other) return;
  std::vector<Object*> replaced;
  const bool done = merge_natively(dict, other, &replaced);
  for (Object* value : replaced) release(value);
  if (done) return;
  const Snapshot snapshot(other);
  for (const Dict::Entry& entry : snapshot) set_hashed(dict, entry);
}

void add_pairs(Dict* dict, Object* pairs) {
  std::size_t number = 0;
  for_each(pairs, [&](const Ref<>& pair) {
    const std::string element = "dictionary update sequence element #" + std::to_string(number++);
    Ref<Tuple> items;
    try {
      items = to_tuple(pair.get());
    } catch (const Raised& raised) {
      if (!is_exception_of(raised.exception.get(), X::TypeError)) throw;
      raise(X::TypeError, "cannot convert " + element + " to a sequence");
    }
    if (items->size != 2) {
      raise(X::ValueError,
            element + " has length " + std::to_string(items->size) + "; 2 is required");
    }
    Object* const* key_and_value = items->items;
    dict_set(dict, key_and_value[0], key_and_value[1]);
  });
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

bool dict_equal(Dict* a, Dict* b) {
  if (a == b) return true;
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
