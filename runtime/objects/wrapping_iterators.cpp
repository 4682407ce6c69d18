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
inline Ref<> next_item(Object* wrapper, Object* iterator) {
  Ref<> own;
  if constexpr (Locks::kLocks) {
    if (!Refs::unique(*wrapper)) own = Ref<>::share(iterator);
  }
  this_thread().check_stack();  // a map of a map of a map
  return is_iterator(iterator) ? next_builtin(iterator) : next(iterator);
}

Ref<Tuple> iterators_of(Args args) {
  Ref<List> iterators = make_list(args.count);
  for (Object* iterable : args) list_append(iterators.get(), iterate(iterable));
  return make_tuple(std::span<Object* const>(iterators->items, iterators->size));
}

[[noreturn]] void raise_unequal(std::size_t argument, const char* what) {
  std::string others = argument == 2 ? "argument 1" : "arguments 1-" + std::to_string(argument - 1);
  raise(X::ValueError,
        "zip() argument " + std::to_string(argument) + " is " + what + " than " + others);
}

// Iterator `ended` has ended where those before it have not: all must have, and here they have not.
void check_equal(Zip* zip, std::size_t ended) {
  if (ended > 0) raise_unequal(ended + 1, "shorter");
  for (std::size_t i = 1; i < zip->iterators->size; ++i) {
    if (next_item(zip, zip->iterators->items[i])) raise_unequal(i + 1, "longer");
  }
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

Ref<> next_of(Enumerate* enumerate) {
  Ref<> item = next_item(enumerate, enumerate->iterator);
  if (!item) return {};
  std::int64_t count;
  {
    IteratorSection section(enumerate);
    count = enumerate->number++;
  }
  return make_pair(make_int(count), std::move(item));
}

Ref<> next_of(Zip* zip) {
  const Tuple* iterators = zip->iterators;
  if (iterators->size == 0) return {};
  if (iterators->size == 2) {  // the usual case, without a vector
    Object* const* both = iterators->items;
    Ref<> first = next_item(zip, both[0]);
    Ref<> second = first ? next_item(zip, both[1]) : Ref<>();
    if (!second) {
      if (zip->strict) check_equal(zip, first ? 1 : 0);
      return {};
    }
    return make_pair(std::move(first), std::move(second));
  }
  OwnedItems items(iterators->size);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    Ref<> item = next_item(zip, iterators->items[i]);
    if (!item) {
      if (zip->strict) check_equal(zip, i);
      return {};
    }
    items.add(std::move(item));
  }
  return items.to_tuple();
}

Ref<> next_of(Map* map) {
  const Tuple* iterators = map->iterators;
  if (iterators->size == 1) {
    const Ref<> item = next_item(map, iterators->items[0]);
    return item ? call(map->function, {item.get()}) : Ref<>();
  }
  OwnedItems items(iterators->size);
  for (std::size_t i = 0; i < iterators->size; ++i) {
    Ref<> item = next_item(map, iterators->items[i]);
    if (!item) return {};
    items.add(std::move(item));
  }
  const Ref<Tuple> arguments = items.to_tuple();
  return call(map->function, Args{arguments->items, arguments->size});
}

Ref<> next_of(Filter* filter) {
  while (Ref<> item = next_item(filter, filter->iterator)) {
    const bool passes = is_none(filter->function)
                            ? is_true(item.get())
                            : is_true(call(filter->function, {item.get()}).get());
    if (passes) return item;
    this_thread().native_checkpoint();  // it may never find another
  }
  return {};
}

Ref<> next_of(SequenceIterator* iterator) {
  std::int64_t index;
  {
    IteratorSection section(iterator);
    index = iterator->index;
    if (index < 0) return {};
  }
  try {
    Ref<> item = get_item(iterator->sequence, make_int(index).get());
    IteratorSection section(iterator);
    if (iterator->index >= 0) iterator->index = index + 1;
    return item;
  } catch (const Raised& raised) {
    const Object* exception = raised.exception.get();
    if (!is_exception_of(exception, X::IndexError) &&
        !is_exception_of(exception, X::StopIteration)) {
      throw;
    }
  }
  IteratorSection section(iterator);
  iterator->index = -1;
  return {};
}

Ref<> next_of(CallableIterator* iterator) {
  {
    IteratorSection section(iterator);
    if (iterator->finished) return {};
  }
  try {
    Ref<> item = call(iterator->callable, {});
    if (!equal(iterator->sentinel, item.get())) return item;
  } catch (const Raised& raised) {
    if (!is_exception_of(raised.exception.get(), X::StopIteration)) throw;
  }
  IteratorSection section(iterator);
  iterator->finished = true;
  return {};
}

// ---- constructors ----

Ref<> construct_enumerate(Args args) {
  const std::int64_t start = args.get(2) == nullptr ? 0 : to_index(args[2]);
  Ref<> iterator = iterate(args[1]);
  auto* enumerate = allocate_object<Enumerate>(types::enumerate);
  enumerate->iterator = iterator.take();
  enumerate->number = start;
  return Ref<>::adopt(enumerate);
}

Ref<> construct_zip(Args args) {
  const Args given = rest(args);
  const bool strict = args.named(0) != nullptr && is_true(args.named(0));
  Ref<Tuple> iterators = iterators_of(given);
  auto* zip = allocate_object<Zip>(types::zip);
  zip->iterators = iterators.take();
  zip->strict = strict;
  return Ref<>::adopt(zip);
}

Ref<> construct_map(Args args) {
  const Args given = rest(args);
  Ref<Tuple> iterators = iterators_of(rest(given));
  auto* map = allocate_object<Map>(types::map);
  map->function = Ref<>::share(given[0]).take();
  map->iterators = iterators.take();
  return Ref<>::adopt(map);
}

Ref<> construct_filter(Args args) {
  Ref<> iterator = iterate(args[2]);
  auto* filter = allocate_object<Filter>(types::filter);
  filter->function = Ref<>::share(args[1]).take();
  filter->iterator = iterator.take();
  return Ref<>::adopt(filter);
}

Ref<> construct_reversed(Args args) { return make_reversed(args[1]); }

GILBENCH_END
