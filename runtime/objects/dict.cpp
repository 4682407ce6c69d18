// The operations of dict on one key, and its life as a table. Whole dicts: dict_merge.cpp.
#include <bit>
#include <cstring>

#include "runtime/objects/containers.h"
#include "runtime/objects/dict_table.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"

GILBENCH_BEGIN

Ref<Dict> make_dict() { return Ref<Dict>::adopt(allocate_object<Dict>(types::dict)); }

namespace {

// Puts a table in another's place, which is returned. For readers without a lock: while the version
// is 0 there is no table; who finds the same version before and after reading the three has one
// table's three.
Dict::Entry* publish_table(Dict* dict, Dict::Entry* entries, std::int32_t* indices,
                           std::size_t mask, std::uint64_t version) {
  Dict::Entry* old = dict->entries;
  store_shared(dict->keys_version, 0);
  store_shared(dict->entries, entries);
  store_shared(dict->indices, indices);
  store_shared(dict->mask, mask);
  store_shared(dict->keys_version, version);
  return old;
}

}  // namespace

void dict_resize(Dict* dict, std::size_t wanted) {
  constexpr std::size_t kSmallest = 8;
  // Full at two thirds, as CPython: searches stay short.
  const std::size_t slots = std::max(kSmallest, std::bit_ceil(wanted + wanted / 2 + 1));
  const std::size_t capacity = slots * 2 / 3;
  auto* entries = static_cast<Dict::Entry*>(
      allocate_buffer(capacity * sizeof(Dict::Entry) + slots * sizeof(std::int32_t)));
  auto* indices = reinterpret_cast<std::int32_t*>(entries + capacity);
  std::memset(indices, 0xff, slots * sizeof(std::int32_t));  // kEmpty
  std::size_t used = 0;
  for (std::size_t i = 0; i < dict->used; ++i) {
    if (dict->entries[i].key != nullptr) entries[used++] = dict->entries[i];
  }
  for (std::size_t i = 0; i < used; ++i) {
    std::size_t slot = static_cast<std::size_t>(entries[i].hash) & (slots - 1);
    std::size_t perturb = static_cast<std::size_t>(entries[i].hash);
    while (indices[slot] != Dict::kEmpty) {
      perturb >>= 5;
      slot = (slot * 5 + perturb + 1) & (slots - 1);
    }
    indices[slot] = static_cast<std::int32_t>(i);
  }
  dict->capacity = capacity;
  dict->used = used;
  retire_buffer(publish_table(dict, entries, indices, slots - 1, new_table_version()));
}

Ref<> dict_find(Dict* dict, Object* key) {
  const Hash hash = key_hash(key);
  Object* value = nullptr;
  if (dict_read(dict, key, hash, &value) != Answer::kAsk) return Ref<>::adopt(value);
  return dict_access(dict, key, hash, [dict](bool found, const DictCursor& cursor) {
    return found ? share_read(dict->entries[cursor.entry].value) : Ref<>();
  });
}

Ref<> dict_find(Dict* dict, Str* interned_name) {
  const Hash hash = str_hash(interned_name);
  Object* value = nullptr;
  if (dict_read(dict, interned_name, hash, &value) != Answer::kAsk) return Ref<>::adopt(value);
  Section section(dict);
  DictCursor cursor(dict, hash);
  if (!dict_probe_name(dict, interned_name, hash, &cursor)) return {};
  return share_read(dict->entries[cursor.entry].value);
}

bool dict_contains(Dict* dict, Object* key) {
  return dict_access(dict, key, key_hash(key), [](bool found, const DictCursor&) { return found; });
}

bool dict_locate(const Dict* dict, const Str* interned_name, std::uint32_t* entry) {
  const Hash hash = str_hash(const_cast<Str*>(interned_name));  // which caches it in the str
  DictCursor cursor(dict, hash);
  if (!dict_probe_name(dict, interned_name, hash, &cursor)) return false;
  *entry = static_cast<std::uint32_t>(cursor.entry);
  return true;
}

namespace {

// Puts a value at the place that a search ended; the value that it replaces becomes the caller's.
Object* put(Dict* dict, bool found, const DictCursor& cursor, Object* key, Hash hash,
            Object* value) {
  if (!found) {
    dict_insert(dict, key, hash, value, cursor.slot);
    return nullptr;
  }
  retain(value);
  return exchange_shared(dict->entries[cursor.entry].value, value);
}

}  // namespace

void dict_set(Dict* dict, Object* key, Object* value) {
  const Hash hash = key_hash(key);
  release_if(dict_access(dict, key, hash, [=](bool found, const DictCursor& cursor) {
    return put(dict, found, cursor, key, hash, value);
  }));
}

void dict_set(Dict* dict, Str* interned_name, Object* value) {
  const Hash hash = str_hash(interned_name);
  Object* old = nullptr;
  {
    Section section(dict);
    DictCursor cursor(dict, hash);
    const bool found = dict_probe_name(dict, interned_name, hash, &cursor);
    old = put(dict, found, cursor, interned_name, hash, value);
  }
  release_if(old);
}

Ref<> dict_remove(Dict* dict, Object* key) {
  const Dict::Entry taken =
      dict_access(dict, key, key_hash(key), [dict](bool found, const DictCursor& cursor) {
        return found ? dict_take(dict, cursor) : Dict::Entry{0, nullptr, nullptr};
      });
  release_if(taken.key);
  return Ref<>::adopt(taken.value);
}

Ref<> dict_set_default(Dict* dict, Object* key, Object* value) {
  const Hash hash = key_hash(key);
  return dict_access(dict, key, hash, [=](bool found, const DictCursor& cursor) {
    if (found) return Ref<>::share(dict->entries[cursor.entry].value);
    dict_insert(dict, key, hash, value, cursor.slot);
    return Ref<>::share(value);
  });
}

Ref<> dict_pop_last(Dict* dict, Ref<>* key) {
  Dict::Entry taken{0, nullptr, nullptr};
  {
    Section section(dict);
    if (dict->size == 0) return {};
    while (dict->entries[dict->used - 1].key == nullptr) {
      --dict->used;
      --dict->capacity;
    }
    DictCursor cursor(dict, dict->entries[dict->used - 1].hash);
    cursor.entry = static_cast<std::int32_t>(dict->used - 1);
    while (dict->indices[cursor.slot] != cursor.entry) cursor.advance(dict);
    taken = dict_take(dict, cursor);
    // Its slot stays taken until the next table, so its room in `entries` must not be given again:
    // otherwise no empty slot might be left to end a search.
    --dict->used;
    --dict->capacity;
    // The entry will be used again, so who is looking at it must begin anew: as with a new table.
    store_shared(dict->keys_version, new_table_version());
  }
  *key = Ref<>::adopt(taken.key);
  return Ref<>::adopt(taken.value);
}

void dict_clear(Dict* dict) {
  Dict::Entry* entries = nullptr;
  std::size_t used = 0;
  {
    Section section(dict);
    entries = publish_table(dict, nullptr, nullptr, 0, 0);
    used = std::exchange(dict->used, 0);
    dict->size = dict->capacity = 0;
  }
  for (std::size_t i = 0; i < used; ++i) {
    if (entries[i].key == nullptr) continue;
    release(entries[i].key);
    release(entries[i].value);
  }
  retire_buffer(entries);
}

std::size_t dict_size(Dict* dict) {
  Section section(dict);
  return dict->size;
}

bool dict_next(Dict* dict, std::size_t* position, Ref<>* key, Ref<>* value) {
  Ref<> new_key, new_value;
  {
    Section section(dict);
    std::size_t i = *position;
    while (i < dict->used && dict->entries[i].key == nullptr) ++i;
    if (i >= dict->used) return false;
    new_key = Ref<>::share(dict->entries[i].key);
    new_value = Ref<>::share(dict->entries[i].value);
    *position = i + 1;
  }
  if (key != nullptr) *key = std::move(new_key);
  if (value != nullptr) *value = std::move(new_value);
  return true;
}

void dict_list_unguarded(const Dict* dict, Kind view, List* list) {
  list_reserve(list, dict->size);
  for (std::size_t i = 0; i < dict->used; ++i) {
    const Dict::Entry& entry = dict->entries[i];
    if (entry.key == nullptr) continue;
    Ref<> item = view == Kind::kDictItems  ? Ref<>(make_tuple({entry.key, entry.value}))
                 : view == Kind::kDictKeys ? Ref<>::share(entry.key)
                                           : Ref<>::share(entry.value);
    list_push(list, item.take());
  }
}

Ref<List> dict_list(Dict* dict, Kind view) {
  Ref<List> list = make_list();
  Section section(dict);
  dict_list_unguarded(dict, view, list.get());
  return list;
}

GILBENCH_END
