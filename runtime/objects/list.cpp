// The operations of list on its items. Slices: list_slices.cpp; sorting: list_sort.cpp.
#include <algorithm>
#include <cstring>
#include <new>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/list_index.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

void list_reserve(List* list, std::size_t capacity) {
  if (capacity <= list->capacity) return;
  if (capacity > SIZE_MAX / 2 / sizeof(Object*)) throw std::bad_alloc();
  // By half at the least, so that appending one by one copies each item a constant number of times.
  const std::size_t grown = std::max(capacity, list->capacity + list->capacity / 2 + 4);
  auto* items = static_cast<Object**>(allocate_buffer(grown * sizeof(Object*)));
  if (list->size != 0) std::memcpy(items, list->items, list->size * sizeof(Object*));
  list->capacity = grown;
  retire_buffer(exchange_shared(list->items, items));
}

void list_grow_for(List* list, Object* owned_item) {
  Ref<> item = Ref<>::adopt(owned_item);
  list_reserve(list, list->size + 1);
  item.take();
}

void list_append(List* list, Ref<> item) {
  Section section(list);
  if (list->size == list->capacity) list_reserve(list, list->size + 1);
  list_push(list, item.take());
}

namespace {

// Inside the sections of both, or where nobody else sees them.
void append_shared(List* list, Object* const* items, std::size_t count) {
  list_reserve(list, list->size + count);
  for (std::size_t i = 0; i < count; ++i) {
    retain(items[i]);
    store_shared(list->items[list->size + i], items[i]);
  }
  store_shared(list->size, list->size + count);
}

void extend_by_list(List* list, List* other) {
  PairSection section(list, other);
  const std::size_t count = other->size;
  list_reserve(list, list->size + count);  // first: it moves the items where both are the same
  append_shared(list, other->items, count);
}

// Moves the items of a list that nobody else sees.
void extend_by_private(List* list, List* other) {
  Section section(list);
  if (list->capacity == 0) {  // new: it takes the array as it is
    list->capacity = std::exchange(other->capacity, 0);
    store_shared(list->items, std::exchange(other->items, nullptr));
  } else {
    list_reserve(list, list->size + other->size);
    move_shared(list->items + list->size, other->items, other->size);
  }
  store_shared(list->size, list->size + std::exchange(other->size, 0));
}

}  // namespace

// As one_step.h has it; with the items moved and not copied where that is possible.
Outcome list_extend(List* list, Object* iterable) {
  switch (iterable->kind()) {
    case Kind::kList:
      extend_by_list(list, as<List>(iterable));
      return {};
    case Kind::kTuple: {
      const Tuple* tuple = as<Tuple>(iterable);
      Section section(list);
      append_shared(list, tuple->items, tuple->size);
      return {};
    }
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kDict:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      take_items(
          list, iterable,
          [list](std::span<Object* const> items) {
            append_shared(list, items.data(), items.size());
            return true;
          },
          [](const Ref<>&) {});
      return {};
    default:
      break;
  }
  if (!iterates_natively(iterable, list)) {
    const Result iterator = try_iterate(iterable);
    if (!iterator) return iterator;
    ask_length_hint(iterable);
    for (;;) {
      Maybe item = try_next_in_loop(iterator.get());
      if (item.failed()) return item.failure();
      if (!item) return {};
      list_append(list, Ref<>::adopt(item.take()));
    }
  }
  const Collected collected(iterable);
  extend_by_private(list, collected.list());
  return collected.outcome();
}

Ref<List> list_copy(List* list) {
  Ref<List> copy = make_list();
  Section section(list);
  append_shared(copy.get(), list->items, list->size);
  return copy;
}

std::size_t list_size(List* list) {
  // One field, which every change of a list stores once: nothing is to be seen halfway. (Twice
  // where a list was changed as it was sorted, which then raises.)
  if constexpr (kReadsUnlocked) return load_shared(list->size);
  Section section(list);
  return list->size;
}

std::int64_t sequence_index(Object* index, const char* sequence) {
  if (const auto value = small_int(index)) return *value;
  if (!is_index_like(index)) {
    raise(X::TypeError, sequence, " indices must be integers or slices, not ", type_name(index));
  }
  return to_subscript(index);
}

Result list_get_item(List* list, Object* index) {
  if (index->kind() == Kind::kSlice) return list_get_slice(list, as<Slice>(index));
  const std::int64_t given = is_int(index) ? int_value(index) : sequence_index(index, "list");
  if (given >= 0) {
    if (Object* item = read_item(list->items, list->size, static_cast<std::size_t>(given)))
      return Ref<>::adopt(item);
  }
  {
    Section section(list);
    std::int64_t position = given;
    if (resolve_index(&position, list->size)) [[likely]]
      return share_read(list->items[position]);
  }
  return fail(X::IndexError, "list index out of range");
}

Outcome list_set_item(List* list, Object* index, Object* value) {
  if (index->kind() == Kind::kSlice) {
    list_set_slice(list, as<Slice>(index), value);
    return {};
  }
  const std::int64_t given = is_int(index) ? int_value(index) : sequence_index(index, "list");
  Object* old = nullptr;
  {
    Section section(list);
    std::int64_t position = given;
    if (resolve_index(&position, list->size)) [[likely]] {
      retain(value);
      old = exchange_shared(list->items[position], value);
    }
  }
  if (old == nullptr) return fail(X::IndexError, "list assignment index out of range");
  release(old);
  return {};
}

Outcome list_delete_item(List* list, Object* index) {
  if (index->kind() == Kind::kSlice) {
    list_delete_slice(list, as<Slice>(index));
    return {};
  }
  const std::int64_t given = sequence_index(index, "list");
  if (!list_take(list, given)) return fail(X::IndexError, "list assignment index out of range");
  return {};
}

Ref<> list_take(List* list, std::int64_t index, bool* was_empty) {
  Section section(list);
  if (was_empty != nullptr) *was_empty = list->size == 0;
  if (!resolve_index(&index, list->size)) return {};
  return Ref<>::adopt(list_take_unguarded(list, static_cast<std::size_t>(index)));
}

Object* list_take_unguarded(List* list, std::size_t index) {
  const HiddenItems hidden(list->items);
  Object** items = hidden.array();
  Object* item = items[index];
  const std::size_t size = list->size - 1;
  store_shared(list->size, size);
  move_shared(items + index, items + index + 1, size - index);
  forget_shared(items + size, 1);
  return item;
}

void list_insert(List* list, std::int64_t index, Object* item) {
  Section section(list);
  list_reserve(list, list->size + 1);
  const auto size = static_cast<std::int64_t>(list->size);
  if (index < 0) index = std::max<std::int64_t>(0, index + size);
  const auto at = static_cast<std::size_t>(std::min(index, size));
  const HiddenItems hidden(list->items);
  Object** items = hidden.array();
  move_shared(items + at + 1, items + at, list->size - at);
  retain(item);
  store_shared(items[at], item);
  store_shared(list->size, list->size + 1);
}

void list_clear(List* list) {
  Object** items = nullptr;
  std::size_t size = 0;
  {
    Section section(list);
    items = exchange_shared(list->items, nullptr);
    size = exchange_shared(list->size, 0);
    list->capacity = 0;
  }
  for (std::size_t i = size; i > 0; --i) release(items[i - 1]);  // from the end, as CPython
  retire_buffer(items);
}

void list_reverse(List* list) {
  Section section(list);
  const HiddenItems hidden(list->items);
  Object** items = hidden.array();
  for (std::size_t i = 0, j = list->size; i + 1 < j; ++i) {
    --j;
    store_shared(items[i], exchange_shared(items[j], items[i]));
  }
}

Ref<> list_concat(List* a, List* b) {
  Ref<List> result = make_list();
  PairSection section(a, b);
  list_reserve(result.get(), a->size + b->size);
  append_shared(result.get(), a->items, a->size);
  append_shared(result.get(), b->items, b->size);
  return result;
}

namespace {

// `times` copies of the first `count` items in all; room is there, nobody else sees or it is held.
void repeat_items(List* list, std::size_t count, std::size_t times) {
  for (std::size_t t = 1; t < times; ++t) {
    for (std::size_t i = 0; i < count; ++i) {
      Object* item = list->items[i];
      retain(item);
      store_shared(list->items[t * count + i], item);
    }
  }
  if (times > 0) store_shared(list->size, count * times);
}

std::size_t repeated_items(std::size_t size, std::size_t times) {
  if (times != 0 && size > SIZE_MAX / 2 / sizeof(Object*) / times) throw std::bad_alloc();
  return size * times;
}

}  // namespace

Ref<> list_repeat(List* list, std::int64_t times) {
  const std::size_t count = times < 0 ? 0 : static_cast<std::size_t>(times);
  Ref<List> result = make_list();
  Section section(list);
  if (count == 0 || list->size == 0) return result;
  list_reserve(result.get(), repeated_items(list->size, count));
  append_shared(result.get(), list->items, list->size);
  repeat_items(result.get(), list->size, count);
  return result;
}

void list_repeat_in_place(List* list, std::int64_t times) {
  if (times <= 0) return list_clear(list);
  Section section(list);
  const auto count = static_cast<std::size_t>(times);
  list_reserve(list, repeated_items(list->size, count));
  repeat_items(list, list->size, count);
}

GILBENCH_END
