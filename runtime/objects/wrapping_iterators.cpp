// Iterators that take their items from others: enumerate, zip, map, filter; and those of objects
// with __getitem__ and of callables. Their next() may run program code, so it is not one step: what
// they guard is read and written between the calls, in the order of CPython's.
#include <string>

#include "runtime/memory/object_vector.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/native.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

// The next item of an iterator that `wrapper` holds. Where other threads may be at the wrapper,
// too, each comes with a reference of its own: by the wrapper's alone the iterator would seem to be
// the caller's only, and nobody would guard it (IteratorSection).
inline Maybe next_item(Object* wrapper, Object* iterator) {
  Ref<> own;
  if constexpr (Locks::kLocks) {
    if (!Refs::unique(*wrapper)) own = Ref<>::share(iterator);
  }
  this_thread().check_stack();  // a map of a map of a map
  return try_next(iterator);
}

Ref<Tuple> iterators_of(Args args) {
  Ref<List> iterators = make_list(args.count);
  for (Object* iterable : args) list_append(iterators.get(), iterate(iterable));
  return make_tuple(std::span<Object* const>(iterators->items, iterators->size));
}

Failure fail_unequal(std::size_t argument, const char* what) {
  std::string others = argument == 2 ? "argument 1" : "arguments 1-" + std::to_string(argument - 1);
  return fail(X::ValueError, "zip() argument ", std::to_string(argument), " is ", what, " than ",
              others);
}

// Iterator `ended` has ended where those before it have not: with strict, all must have at once.
Maybe end_at(Zip* zip, std::size_t ended) {
  if (!zip->strict) return Ref<>();
  if (ended > 0) return fail_unequal(ended + 1, "shorter");
  for (std::size_t i = 1; i < zip->iterators->size; ++i) {
    const Maybe item = next_item(zip, zip->iterators->items[i]);
    if (item.failed()) return item.failure();
    if (item) return fail_unequal(i + 1, "longer");
  }
  return Ref<>();
}

// Owned objects on their way into a tuple or a call.
class OwnedItems {
 public:
  explicit OwnedItems(std::size_t size) { items_.reserve(size); }
  void add(Ref<> item) { items_.push_back(std::move(item)); }
  Ref<Tuple> to_tuple() {
    Ref<Tuple> tuple = make_tuple_uninitialized(items_.size());
    for (std::size_t i = 0; i < items_.size(); ++i) tuple->items[i] = items_[i].take();
    return tuple;
  }

 private:
  ObjectVector<Ref<>> items_;
};

}  // namespace

Maybe next_of(Enumerate* enumerate) {
  Maybe item = next_item(enumerate, enumerate->iterator);
  if (!item) return item;
  std::int64_t count;
  {
    IteratorSection section(enumerate);
    count = enumerate->number++;
  }
  return make_pair(make_int(count), std::move(item).or_raise());
}

Maybe next_of(Zip* zip) {
  const Tuple* iterators = zip->iterators;
  if (iterators->size == 0) return Ref<>();
  if (iterators->size == 2) {  // the usual case, without a vector
    Object* const* both = iterators->items;
    Maybe first = next_item(zip, both[0]);
    if (first.failed()) return first;
    if (!first) return end_at(zip, 0);
    Maybe second = next_item(zip, both[1]);
    if (second.failed()) return second;
    if (!second) return end_at(zip, 1);
    return make_pair(std::move(first).or_raise(), std::move(second).or_raise());
  }
  OwnedItems items(iterators->size);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    Maybe item = next_item(zip, iterators->items[i]);
    if (item.failed()) return item;
    if (!item) return end_at(zip, i);
    items.add(std::move(item).or_raise());
  }
  return items.to_tuple();
}

Maybe next_of(Map* map) {
  const Tuple* iterators = map->iterators;
  if (iterators->size == 1) {
    Maybe item = next_item(map, iterators->items[0]);
    if (!item) return item;
    return try_call(map->function, {item.get()});
  }
  OwnedItems items(iterators->size);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    Maybe item = next_item(map, iterators->items[i]);
    if (!item) return item;
    items.add(std::move(item).or_raise());
  }
  const Ref<Tuple> arguments = items.to_tuple();
  return try_call(map->function, Args{arguments->items, arguments->size});
}

Maybe next_of(Filter* filter) {
  for (;;) {
    Maybe item = next_item(filter, filter->iterator);
    if (!item) return item;
    if (is_none(filter->function)) {
      if (is_true(item.get())) return item;
    } else {
      const Result answer = try_call(filter->function, {item.get()});
      if (!answer) return answer.failure();
      if (is_true(answer.get())) return item;
    }
    this_thread().native_checkpoint();  // it may never find another
  }
}

Maybe next_of(SequenceIterator* iterator) {
  std::int64_t index;
  {
    IteratorSection section(iterator);
    index = iterator->index;
    if (index < 0) return Ref<>();
  }
  Result item = try_get_item(iterator->sequence, make_int(index).get());
  if (!item && !take_error_of(X::IndexError) && !take_error_of(X::StopIteration)) return item;
  IteratorSection section(iterator);
  if (!item) {
    iterator->index = -1;
    return Ref<>();
  }
  if (iterator->index >= 0) iterator->index = index + 1;
  return item;
}

Maybe next_of(CallableIterator* iterator) {
  {
    IteratorSection section(iterator);
    if (iterator->finished) return Ref<>();
  }
  try {
    Result item = try_call(iterator->callable, {});
    if (!item && !take_error_of(X::StopIteration)) return item;
    if (item && !equal(iterator->sentinel, item.get())) return item;
  } catch (const Raised& raised) {
    if (!is_exception_of(raised.exception.get(), X::StopIteration)) throw;
  }
  IteratorSection section(iterator);
  iterator->finished = true;
  return Ref<>();
}

// ---- constructors ----

Result construct_enumerate(Args args) {
  const std::int64_t start = args.get(2) == nullptr ? 0 : to_index(args[2]);
  Ref<> iterator = iterate(args[1]);
  auto* enumerate = allocate_object<Enumerate>(types::enumerate);
  enumerate->iterator = iterator.take();
  enumerate->number = start;
  return Ref<>::adopt(enumerate);
}

Result construct_zip(Args args) {
  const Args given = rest(args);
  const bool strict = args.named(0) != nullptr && is_true(args.named(0));
  Ref<Tuple> iterators = iterators_of(given);
  auto* zip = allocate_object<Zip>(types::zip);
  zip->iterators = iterators.take();
  zip->strict = strict;
  return Ref<>::adopt(zip);
}

Result construct_map(Args args) {
  const Args given = rest(args);
  Ref<Tuple> iterators = iterators_of(rest(given));
  auto* map = allocate_object<Map>(types::map);
  map->function = Ref<>::share(given[0]).take();
  map->iterators = iterators.take();
  return Ref<>::adopt(map);
}

Result construct_filter(Args args) {
  Ref<> iterator = iterate(args[2]);
  auto* filter = allocate_object<Filter>(types::filter);
  filter->function = Ref<>::share(args[1]).take();
  filter->iterator = iterator.take();
  return Ref<>::adopt(filter);
}

Result construct_reversed(Args args) { return make_reversed(args[1]); }

GILBENCH_END
