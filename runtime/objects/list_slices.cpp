// Slices of lists: reading, assigning, deleting. Each is one step for other threads. Bounds become
// integers before it, once, for that may run program code; what they mean for the list's size is
// found out within it.
#include <algorithm>
#include <cstring>
#include <vector>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/list_index.h"
#include "runtime/objects/make.h"
#include "runtime/objects/one_step.h"

GILBENCH_BEGIN

Ref<> list_get_slice(List* list, Slice* slice) {
  const SliceBounds bounds = slice_bounds(slice);
  Ref<List> result = make_list();
  with_slice(list, bounds, [&](const SliceRange& range) {
    list_reserve(result.get(), static_cast<std::size_t>(range.length));
    std::int64_t from = range.start;
    for (std::int64_t i = 0; i < range.length; ++i, from += range.step) {
      retain(list->items[from]);
      result->items[i] = list->items[from];
    }
    result->size = static_cast<std::size_t>(range.length);
  });
  return result;
}

namespace {

// What left the list, released when the section is over.
struct RemovedItems {
  std::vector<Object*> items;
  ~RemovedItems() {
    for (Object* item : items) release(item);
  }
};

// list[range] = the items of `source`, which nobody else sees and which gives them away.
void replace_range(List* list, const SliceRange& range, List* source, RemovedItems* removed) {
  const auto start = static_cast<std::size_t>(range.start);
  const auto length = static_cast<std::size_t>(range.length);
  const std::size_t tail = list->size - start - length;
  list_reserve(list, list->size - length + source->size);
  removed->items.assign(list->items + start, list->items + start + length);
  const std::size_t size = start + source->size + tail;
  const HiddenItems hidden(list->items);
  Object** items = hidden.array();
  move_shared(items + start + source->size, items + start + length, tail);
  move_shared(items + start, source->items, source->size);
  if (size < list->size) forget_shared(items + size, list->size - size);
  store_shared(list->size, size);
  source->size = 0;
}

bool may_run_program(const Object* iterable) {
  return is_instance(iterable) || iterable->kind() == Kind::kGenerator ||
         (is_iterator(iterable) && !iterates_natively(iterable, nullptr));
}

}  // namespace

void list_set_slice(List* list, Slice* slice, Object* value) {
  SliceBounds bounds = slice_bounds(slice);
  // A step of 1, the usual case, may change the size; any other must fit exactly.
  const bool contiguous = bounds.step == 1;
  if (contiguous && may_run_program(value)) {
    // Its code may change the list, and the bounds are meant for the list as it is before that.
    const SliceRange range = apply_slice(bounds, list_size(list));
    bounds = {range.start, std::max(range.start, range.stop), 1};
  }
  Ref<List> source;
  try {
    source = to_list(iterator_of_instance(value).get());
  } catch (const Raised& raised) {
    if (!is_exception_of(raised.exception.get(), X::TypeError) || is_instance(value)) throw;
    raise(X::TypeError,
          contiguous ? "can only assign an iterable" : "must assign iterable to extended slice");
  }
  RemovedItems removed;
  std::int64_t wanted = -1;
  const std::size_t given = source->size;
  with_slice(list, bounds, [&](SliceRange range) {
    if (range.step == 1) return replace_range(list, range, source.get(), &removed);
    if (static_cast<std::size_t>(range.length) != given) {
      wanted = range.length;
      return;
    }
    removed.items.reserve(given);
    const HiddenItems hidden(list->items);
    for (std::size_t i = 0; i < given; ++i, range.start += range.step) {
      removed.items.push_back(exchange_shared(hidden.array()[range.start], source->items[i]));
    }
    source->size = 0;
  });
  if (wanted >= 0) {
    raise(X::ValueError, "attempt to assign sequence of size ", std::to_string(given),
          " to extended slice of size ", std::to_string(wanted));
  }
}

void list_delete_slice(List* list, Slice* slice) {
  const SliceBounds bounds = slice_bounds(slice);
  RemovedItems removed;
  with_slice(list, bounds, [&](SliceRange range) {
    if (range.length == 0) return;
    if (range.step < 0) {  // the same items, counted upwards
      range.start += (range.length - 1) * range.step;
      range.step = -range.step;
    }
    removed.items.reserve(static_cast<std::size_t>(range.length));
    auto next = static_cast<std::size_t>(range.start);
    std::size_t to = next;
    const HiddenItems hidden(list->items);
    Object** items = hidden.array();
    for (std::size_t from = next; from < list->size; ++from) {
      if (from == next && range.length > 0) {
        removed.items.push_back(items[from]);
        next += static_cast<std::size_t>(range.step);
        --range.length;
      } else {
        store_shared(items[to++], items[from]);
      }
    }
    forget_shared(items + to, list->size - to);
    store_shared(list->size, to);
  });
}

GILBENCH_END
