// Iterators over the built-in types: their Types, making them, and their next items.
#include "runtime/objects/iterators.h"

#include "runtime/objects/errors.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/set_table.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

// ---- types ----

namespace {

template <class T, auto... kFields>
void visit_fields(Object* object, Visitor visit, void* context) {
  (visit_if(static_cast<T*>(object)->*kFields, visit, context), ...);
}

template <class T>
constexpr auto visitor() -> void (*)(Object*, Visitor, void*) {
  if constexpr (std::is_same_v<T, ListIterator>) return visit_fields<T, &T::list>;
  if constexpr (std::is_same_v<T, TupleIterator>) return visit_fields<T, &T::tuple>;
  if constexpr (std::is_same_v<T, ReverseIterator>) return visit_fields<T, &T::sequence>;
  if constexpr (std::is_same_v<T, StrIterator>) return visit_fields<T, &T::str>;
  if constexpr (std::is_same_v<T, BytesIterator>) return visit_fields<T, &T::bytes>;
  if constexpr (std::is_same_v<T, DictIterator>) return visit_fields<T, &T::dict>;
  if constexpr (std::is_same_v<T, SetIterator>) return visit_fields<T, &T::set>;
  if constexpr (std::is_same_v<T, SequenceIterator>) return visit_fields<T, &T::sequence>;
  if constexpr (std::is_same_v<T, CallableIterator>) {
    return visit_fields<T, &T::callable, &T::sentinel>;
  }
  if constexpr (std::is_same_v<T, Enumerate>) return visit_fields<T, &T::iterator>;
  if constexpr (std::is_same_v<T, Zip>) return visit_fields<T, &T::iterators>;
  if constexpr (std::is_same_v<T, Map>) return visit_fields<T, &T::function, &T::iterators>;
  if constexpr (std::is_same_v<T, Filter>) return visit_fields<T, &T::function, &T::iterator>;
  return nullptr;  // a range iterator holds nothing
}

template <class T>
void free_iterator(Object* object) {
  free_object(object, sizeof(T));
}

}  // namespace

namespace types {
#define I(name, layout, text)                                                                \
  constinit const Type name{text, Kind::kIterator,                                           \
                            kFirstIteratorId + static_cast<std::uint64_t>(IteratorId::name), \
                            visitor<layout>(), free_iterator<layout>};
GILBENCH_ITERATORS(I)
#undef I
}  // namespace types

// ---- making ----

namespace {

Ref<> over_list(List* list) {
  auto* iterator = allocate_object<ListIterator>(types::list_iterator);
  retain(list);
  iterator->list = list;
  iterator->index = 0;
  return Ref<>::adopt(iterator);
}

Ref<> over_tuple(Tuple* tuple) {
  auto* iterator = allocate_object<TupleIterator>(types::tuple_iterator);
  retain(tuple);
  iterator->tuple = tuple;
  iterator->index = 0;
  return Ref<>::adopt(iterator);
}

Ref<> over_str(Str* str) {
  auto* iterator = allocate_object<StrIterator>(str->is_ascii() ? types::str_ascii_iterator
                                                                : types::str_iterator);
  retain(str);
  iterator->str = str;
  iterator->position = 0;
  return Ref<>::adopt(iterator);
}

Ref<> over_bytes(Bytes* bytes) {
  auto* iterator = allocate_object<BytesIterator>(types::bytes_iterator);
  retain(bytes);
  iterator->bytes = bytes;
  iterator->position = 0;
  return Ref<>::adopt(iterator);
}

Ref<> over_dict(Dict* dict, const Type& type) {
  auto* iterator = allocate_object<DictIterator>(type);
  retain(dict);
  iterator->dict = dict;
  const bool backward = type.id >= types::dict_reverse_key_iterator.id;
  Section section(dict);
  iterator->position = backward ? dict->used : 0;
  iterator->expected = iterator->remaining = dict->size;
  return Ref<>::adopt(iterator);
}

Ref<> over_set(Set* set) {
  auto* iterator = allocate_object<SetIterator>(types::set_iterator);
  retain(set);
  iterator->set = set;
  iterator->position = 0;
  iterator->expected = set_size(set);
  return Ref<>::adopt(iterator);
}

Ref<> backwards(Object* sequence, const Type& type, std::size_t length) {
  auto* iterator = allocate_object<ReverseIterator>(type);
  retain(sequence);
  iterator->sequence = sequence;
  iterator->index = static_cast<std::int64_t>(length) - 1;
  return Ref<>::adopt(iterator);
}

}  // namespace

Ref<> make_range_iterator(std::int64_t start, std::int64_t step, std::int64_t length) {
  auto* iterator = allocate_object<RangeIterator>(types::range_iterator);
  iterator->next = start;
  iterator->step = step;
  iterator->remaining = length;
  return Ref<>::adopt(iterator);
}

Ref<> make_sequence_iterator(Object* sequence) {
  auto* iterator = allocate_object<SequenceIterator>(types::sequence_iterator);
  retain(sequence);
  iterator->sequence = sequence;
  iterator->index = 0;
  return Ref<>::adopt(iterator);
}

Ref<> make_callable_iterator(Object* callable, Object* sentinel) {
  auto* iterator = allocate_object<CallableIterator>(types::callable_iterator);
  retain(callable);
  retain(sentinel);
  iterator->callable = callable;
  iterator->sentinel = sentinel;
  iterator->finished = false;
  return Ref<>::adopt(iterator);
}

Ref<> iterate_builtin(Object* iterable) {
  switch (iterable->kind()) {
    case Kind::kList:
      return over_list(as<List>(iterable));
    case Kind::kTuple:
      return over_tuple(as<Tuple>(iterable));
    case Kind::kRange: {
      const Range* range = as<Range>(iterable);
      return make_range_iterator(range->start, range->step, range->length);
    }
    case Kind::kStr:
      return over_str(as<Str>(iterable));
    case Kind::kBytes:
      return over_bytes(as<Bytes>(iterable));
    case Kind::kDict:
      return over_dict(as<Dict>(iterable), types::dict_key_iterator);
    case Kind::kDictKeys:
      return over_dict(as<DictView>(iterable)->dict, types::dict_key_iterator);
    case Kind::kDictValues:
      return over_dict(as<DictView>(iterable)->dict, types::dict_value_iterator);
    case Kind::kDictItems:
      return over_dict(as<DictView>(iterable)->dict, types::dict_item_iterator);
    case Kind::kSet:
    case Kind::kFrozenSet:
      return over_set(as<Set>(iterable));
    case Kind::kIterator:
      return Ref<>::share(iterable);
    default:
      return {};
  }
}

Ref<> make_reversed(Object* object) {
  switch (object->kind()) {
    case Kind::kList:
      return backwards(object, types::list_reverse_iterator, list_size(as<List>(object)));
    case Kind::kRange: {
      const Range* range = as<Range>(object);
      // Unsigned: an empty range's last value may leave 64 bits; it is never used.
      const auto last =
          static_cast<std::uint64_t>(range->start) +
          static_cast<std::uint64_t>(range->length - 1) * static_cast<std::uint64_t>(range->step);
      return make_range_iterator(
          static_cast<std::int64_t>(last),
          static_cast<std::int64_t>(0 - static_cast<std::uint64_t>(range->step)), range->length);
    }
    case Kind::kDict:
      return over_dict(as<Dict>(object), types::dict_reverse_key_iterator);
    case Kind::kDictKeys:
      return over_dict(as<DictView>(object)->dict, types::dict_reverse_key_iterator);
    case Kind::kDictValues:
      return over_dict(as<DictView>(object)->dict, types::dict_reverse_value_iterator);
    case Kind::kDictItems:
      return over_dict(as<DictView>(object)->dict, types::dict_reverse_item_iterator);
    case Kind::kTuple:
    case Kind::kStr:
    case Kind::kBytes:
      return backwards(object, types::reversed, length(object));
    default:
      break;
  }
  const Names& names = this_thread().world.names;
  if (const Ref<> method = special_method(object, names.reversed)) {
    return call(method.get(), {object});
  }
  if (!special_method(object, names.getitem)) {
    raise(X::TypeError, "'", type_name(object), "' object is not reversible");
  }
  return backwards(object, types::reversed, length(object));
}

// ---- next ----

namespace {

Maybe next_of(ReverseIterator* iterator) {
  std::int64_t index;
  {
    IteratorSection section(iterator);
    index = iterator->index;
    if (index < 0) return Ref<>();
    iterator->index = index - 1;
  }
  Ref<> item;
  if (iterator->sequence->kind() == Kind::kList) {
    item = list_item(as<List>(iterator->sequence), static_cast<std::size_t>(index));
  } else {
    Result got = try_get_item(iterator->sequence, make_int(index).get());
    if (!got && !take_error_of(X::IndexError) && !take_error_of(X::StopIteration)) return got;
    item = Ref<>::adopt(got.take());
  }
  if (!item) {
    IteratorSection section(iterator);
    iterator->index = -1;
  }
  return item;
}

Ref<> next_of(StrIterator* iterator) {
  std::string_view character;
  {
    IteratorSection section(iterator);
    const std::string_view text = iterator->str->view();
    if (iterator->position >= text.size()) return {};
    const std::size_t size = utf8::sequence_length(text[iterator->position]);
    character = text.substr(iterator->position, size);
    iterator->position += size;
  }
  return make_str(character);
}

Ref<> next_of(BytesIterator* iterator) {
  unsigned char byte;
  {
    IteratorSection section(iterator);
    if (iterator->position >= iterator->bytes->size) return {};
    byte = static_cast<unsigned char>(iterator->bytes->data[iterator->position++]);
  }
  return make_int(byte);
}

// Sections of an iterator and of its table; of the table alone where the iterator is only ours.
class [[nodiscard]] TableSection {
 public:
  TableSection(Object* iterator, Object* table)
      : pair_(Locks::kLocks && !Refs::unique(*iterator) ? iterator : table, table) {}

 private:
  PairSection pair_;
};

enum class Step { kItem, kEnd, kSizeChanged, kKeysChanged };

// Finds the next entry; in the sections.
Step step(DictIterator* iterator, bool backward, const Dict::Entry** found) {
  const Dict* dict = iterator->dict;
  if (iterator->position == kExhausted) return Step::kEnd;
  if (iterator->expected != dict->size) {
    iterator->expected = kExhausted;  // and so for ever
    return Step::kSizeChanged;
  }
  std::size_t i = iterator->position;
  const Dict::Entry* entry = nullptr;
  if (backward) {
    i = std::min(i, dict->used);
    while (i > 0 && entry == nullptr) {
      --i;
      if (dict->entries[i].key != nullptr) entry = &dict->entries[i];
    }
  } else {
    while (i < dict->used && entry == nullptr) {
      if (dict->entries[i].key != nullptr) entry = &dict->entries[i];
      ++i;
    }
  }
  if (entry == nullptr) {
    iterator->position = kExhausted;
    return Step::kEnd;
  }
  iterator->position = i;
  if (iterator->remaining == 0) {
    iterator->position = kExhausted;
    return Step::kKeysChanged;
  }
  --iterator->remaining;
  *found = entry;
  return Step::kItem;
}

Maybe next_of(DictIterator* iterator) {
  const std::uint64_t id = iterator->type->id;
  const bool backward = id >= types::dict_reverse_key_iterator.id;
  const std::uint64_t what =
      id - (backward ? types::dict_reverse_key_iterator.id : types::dict_key_iterator.id);
  constexpr std::uint64_t kKeys = 0, kValues = 1;
  Ref<> key, value;
  Step result;
  {
    TableSection section(iterator, iterator->dict);
    const Dict::Entry* entry = nullptr;
    result = step(iterator, backward, &entry);
    if (result == Step::kItem) {
      if (what != kValues) key = Ref<>::share(entry->key);
      if (what != kKeys) value = Ref<>::share(entry->value);
    }
  }
  if (result == Step::kSizeChanged) {
    return fail(X::RuntimeError, "dictionary changed size during iteration");
  }
  if (result == Step::kKeysChanged) {
    return fail(X::RuntimeError, "dictionary keys changed during iteration");
  }
  if (what == kKeys) return key;
  if (what == kValues || !key) return value;
  return make_pair(std::move(key), std::move(value));
}

Maybe next_of(SetIterator* iterator) {
  {
    TableSection section(iterator, iterator->set);
    const Set* set = iterator->set;
    std::size_t i = iterator->position;
    if (i == kExhausted) return Ref<>();
    if (iterator->expected == set->size) [[likely]] {
      const std::size_t count = set->table == nullptr ? 0 : set->mask + 1;
      while (i < count && !is_live(set->table[i])) ++i;
      iterator->position = i < count ? i + 1 : kExhausted;
      return i < count ? Ref<>::share(set->table[i].key) : Ref<>();
    }
    iterator->expected = kExhausted;  // and so for ever
  }
  return fail(X::RuntimeError, "Set changed size during iteration");
}

}  // namespace

Maybe next_builtin(Object* iterator) {
  switch (static_cast<IteratorId>(iterator->type->id - kFirstIteratorId)) {
#define I(name, layout, text) \
  case IteratorId::name:      \
    return next_of(static_cast<layout*>(iterator));
    // NOLINTNEXTLINE(bugprone-branch-clone): two of one layout look alike
    GILBENCH_ITERATORS(I)
#undef I
  }
  return Ref<>();
}

GILBENCH_END
