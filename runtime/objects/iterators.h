// Iterators over the built-in types, and those that wrap others: enumerate, zip, map, filter.
//
// What an iterator iterates over never changes, so it is read without a section; where the iterator
// stands is guarded by its own section. An iterator whose only reference is the caller's own (that
// of a `for` statement) is nobody else's business: then its section is left out. Which needs that
// the reference is the caller's: of an iterator that another one holds, every thread at the outer
// one borrows the same reference (next_item() in wrapping_iterators.cpp). A list's iterator takes
// the next index in its own section and the item in the list's, one after the other; iterators over
// dicts and sets, whose next place depends on the table, take both at once.
#pragma once

#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/values/section.h"
#include "runtime/values/types.h"

GILBENCH_BEGIN

// A section of an iterator; none where the only reference to it is the caller's own, or is borrowed
// from what only the caller can reach.
class [[nodiscard]] IteratorSection {
 public:
  explicit IteratorSection(Object* iterator) noexcept {
    if constexpr (Locks::kLocks) {
      if (Refs::unique(*iterator)) return;
      iterator_ = iterator;
      Locks::lock(*iterator_);
    }
  }
  ~IteratorSection() {
    if constexpr (Locks::kLocks) {
      if (iterator_ != nullptr) Locks::unlock(*iterator_);
    }
  }
  IteratorSection(const IteratorSection&) = delete;
  IteratorSection& operator=(const IteratorSection&) = delete;

 private:
  Object* iterator_ = nullptr;
};

// What stands for the place of an iterator that has come to its end: it stays there, whatever is
// appended later.
inline constexpr std::size_t kExhausted = ~std::size_t{0};

struct ListIterator : Object {
  List* list;         // owned
  std::size_t index;  // guarded
};

struct TupleIterator : Object {
  Tuple* tuple;       // owned
  std::size_t index;  // guarded
};

struct RangeIterator : Object {
  std::int64_t next;  // guarded; the value to come
  std::int64_t step;
  std::int64_t remaining;  // guarded
};

inline Ref<> next_of(ListIterator* iterator) {
  std::size_t index;
  {
    IteratorSection section(iterator);
    index = iterator->index;
    if (index == kExhausted) [[unlikely]]
      return {};
    iterator->index = index + 1;
  }
  Ref<> item = list_item(iterator->list, index);
  if (!item) [[unlikely]] {
    IteratorSection section(iterator);
    iterator->index = kExhausted;
  }
  return item;
}

inline Ref<> next_of(TupleIterator* iterator) {
  IteratorSection section(iterator);
  if (iterator->index >= iterator->tuple->size) [[unlikely]]
    return {};
  return Ref<>::share(iterator->tuple->items[iterator->index++]);
}

// The next value of a range, without making an int of it; false at the end.
inline bool next_value(RangeIterator* iterator, std::int64_t* value) {
  IteratorSection section(iterator);
  if (iterator->remaining <= 0) [[unlikely]]
    return false;
  --iterator->remaining;
  *value = iterator->next;
  // Unsigned: the step past the last value may leave 64 bits; it is never used.
  iterator->next = static_cast<std::int64_t>(static_cast<std::uint64_t>(iterator->next) +
                                             static_cast<std::uint64_t>(iterator->step));
  return true;
}

inline Ref<> next_of(RangeIterator* iterator) {
  std::int64_t value;
  if (!next_value(iterator, &value)) return {};
  return make_int(value);
}

// ---- the others ----

struct ReverseIterator : Object {  // over a list, or over any sequence by its __getitem__
  Object* sequence;                // owned
  std::int64_t index;              // guarded; the next one; negative: at the end
};

struct StrIterator : Object {
  Str* str;              // owned
  std::size_t position;  // guarded; in bytes
};

struct BytesIterator : Object {
  Bytes* bytes;          // owned
  std::size_t position;  // guarded
};

struct DictIterator : Object {  // its type says whether of keys, values or items, and which way
  Dict* dict;                   // owned
  std::size_t position;         // guarded; in the entries; kExhausted: at the end
  std::size_t expected;         // guarded; the dict's size; kExhausted once that was not so
  std::size_t remaining;        // guarded; entries still to come
};

struct SetIterator : Object {
  Set* set;              // owned
  std::size_t position;  // guarded; in the table; kExhausted: at the end
  std::size_t expected;  // guarded; the set's size
};

struct SequenceIterator : Object {  // of an object with __getitem__ only
  Object* sequence;                 // owned
  std::int64_t index;               // guarded; -1: at the end
};

struct CallableIterator : Object {  // iter(callable, sentinel)
  Object* callable;                 // owned
  Object* sentinel;                 // owned
  bool finished;                    // guarded
};

struct Enumerate : Object {
  Object* iterator;     // owned
  std::int64_t number;  // guarded; the next item's
};

struct Zip : Object {
  Tuple* iterators;  // owned
  bool strict;
};

struct Map : Object {
  Object* function;  // owned
  Tuple* iterators;  // owned
};

struct Filter : Object {
  Object* function;  // owned; None: by truth
  Object* iterator;  // owned
};

// Each has a Type::id of its own, from kFirstIteratorId on in the order of this list.
#define GILBENCH_ITERATORS(I)                                               \
  I(list_iterator, ListIterator, "list_iterator")                           \
  I(tuple_iterator, TupleIterator, "tuple_iterator")                        \
  I(range_iterator, RangeIterator, "range_iterator")                        \
  I(list_reverse_iterator, ReverseIterator, "list_reverseiterator")         \
  I(reversed, ReverseIterator, "reversed")                                  \
  I(str_ascii_iterator, StrIterator, "str_ascii_iterator")                  \
  I(str_iterator, StrIterator, "str_iterator")                              \
  I(bytes_iterator, BytesIterator, "bytes_iterator")                        \
  I(dict_key_iterator, DictIterator, "dict_keyiterator")                    \
  I(dict_value_iterator, DictIterator, "dict_valueiterator")                \
  I(dict_item_iterator, DictIterator, "dict_itemiterator")                  \
  I(dict_reverse_key_iterator, DictIterator, "dict_reversekeyiterator")     \
  I(dict_reverse_value_iterator, DictIterator, "dict_reversevalueiterator") \
  I(dict_reverse_item_iterator, DictIterator, "dict_reverseitemiterator")   \
  I(set_iterator, SetIterator, "set_iterator")                              \
  I(sequence_iterator, SequenceIterator, "iterator")                        \
  I(callable_iterator, CallableIterator, "callable_iterator")               \
  I(enumerate, Enumerate, "enumerate")                                      \
  I(zip, Zip, "zip")                                                        \
  I(map, Map, "map")                                                        \
  I(filter, Filter, "filter")

// Past every Kind, below World::next_type_id.
inline constexpr std::uint64_t kFirstIteratorId = 100;

enum class IteratorId : std::uint64_t {
#define I(name, layout, text) name,
  GILBENCH_ITERATORS(I)
#undef I
};

namespace types {
#define I(name, layout, text) extern const Type name;
GILBENCH_ITERATORS(I)
#undef I
}  // namespace types

inline bool is_iterator(const Object* object) { return object->kind() == Kind::kIterator; }

// The iterator of a built-in iterable (an iterator's is itself); null for any other object.
Ref<> iterate_builtin(Object* iterable);
// The next item of a kIterator object; nothing at the end. (P) for those that wrap others.
Maybe next_builtin(Object* iterator);

Ref<> make_sequence_iterator(Object* sequence);
Ref<> make_callable_iterator(Object* callable, Object* sentinel);
Ref<> make_range_iterator(std::int64_t start, std::int64_t step, std::int64_t length);
// reversed(object). (P) TypeError
Ref<> make_reversed(Object* object);

// The next() of those that wrap others: wrapping_iterators.cpp.
Maybe next_of(Enumerate* iterator);
Maybe next_of(Zip* iterator);
Maybe next_of(Map* iterator);
Maybe next_of(Filter* iterator);
Maybe next_of(SequenceIterator* iterator);
Maybe next_of(CallableIterator* iterator);

// What enumerate(), zip(), map() and filter() make of their arguments. args[0] is the class.
Result construct_enumerate(Args args);
Result construct_zip(Args args);
Result construct_map(Args args);
Result construct_filter(Args args);
Result construct_reversed(Args args);

GILBENCH_END
