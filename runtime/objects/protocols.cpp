// Truth, length, items, iteration, and numbers out of objects.
#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/iterators.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/text_objects.h"
#include "runtime/world/frame.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

std::size_t checked_length(Object* result) {
  if (!is_integer(result)) {
    raise(X::TypeError, "'", type_name(result), "' object cannot be interpreted as an integer");
  }
  const std::int64_t value = to_index(result);
  if (value < 0) raise(X::ValueError, "__len__() should return >= 0");
  return static_cast<std::size_t>(value);
}

Result tuple_get_item(Tuple* tuple, Object* index) {
  if (index->kind() == Kind::kSlice) {
    const SliceRange range = resolve_slice(as<Slice>(index), tuple->size);
    if (range.length == static_cast<std::int64_t>(tuple->size) && range.step == 1)
      return Ref<>::share(tuple);
    Ref<Tuple> part = make_tuple_uninitialized(static_cast<std::size_t>(range.length));
    for (std::int64_t i = 0; i < range.length; ++i) {
      part->items[i] = Ref<>::share(tuple->items[range.start + i * range.step]).take();
    }
    return part;
  }
  if (!is_index_like(index)) {
    return fail(X::TypeError, "tuple indices must be integers or slices, not ", type_name(index));
  }
  std::int64_t position = to_subscript(index);
  if (!resolve_index(&position, tuple->size))
    return fail(X::IndexError, "tuple index out of range");
  return Ref<>::share(tuple->items[position]);
}

Result range_get_item(Range* range, Object* index) {
  if (index->kind() == Kind::kSlice) {
    const SliceRange part =
        resolve_slice(as<Slice>(index), static_cast<std::size_t>(range->length));
    return make_range(range->start + part.start * range->step,
                      range->start + part.stop * range->step, range->step * part.step);
  }
  if (!is_index_like(index)) {
    return fail(X::TypeError, "range indices must be integers or slices, not ", type_name(index));
  }
  std::int64_t position = 0;
  // No range is so long that an integer beyond 64 bits would be an index of it.
  const bool fits = index->kind() != Kind::kBigInt;
  if (fits) position = to_index(index);
  if (!fits || !resolve_index(&position, static_cast<std::size_t>(range->length))) {
    return fail(X::IndexError, "range object index out of range");
  }
  // Unsigned: a product that leaves 64 bits comes back into them with the sum.
  return make_int(static_cast<std::int64_t>(static_cast<std::uint64_t>(range->start) +
                                            static_cast<std::uint64_t>(position) *
                                                static_cast<std::uint64_t>(range->step)));
}

bool range_contains(Range* range, Object* item) {
  const std::optional<std::int64_t> value = small_int(item);
  if (!value) {
    if (!is_float(item)) return false;
    const double d = float_value(item);
    constexpr double kBeyond = 9223372036854775808.0;  // 2**63: no int64 from here on
    if (!(d > -kBeyond && d < kBeyond) || d != std::floor(d)) return false;
    Ref<> whole = make_int(static_cast<std::int64_t>(d));
    return range_contains(range, whole.get());
  }
  const bool inside = range->step > 0 ? *value >= range->start && *value < range->stop
                                      : *value <= range->start && *value > range->stop;
  if (!inside) return false;
  // Unsigned: the distance of two int64 fits uint64.
  const bool up = range->step > 0;
  const auto from = static_cast<std::uint64_t>(up ? range->start : *value);
  const auto to = static_cast<std::uint64_t>(up ? *value : range->start);
  const std::uint64_t step =
      up ? static_cast<std::uint64_t>(range->step) : 0 - static_cast<std::uint64_t>(range->step);
  return (to - from) % step == 0;
}

}  // namespace

bool is_true(Object* object) {
  switch (object->kind()) {
    case Kind::kNone:
      return false;
    case Kind::kBool:
    case Kind::kInt:
      return int_value(object) != 0;
    case Kind::kBigInt:
      return true;
    case Kind::kFloat:
      return float_value(object) != 0;
    case Kind::kStr:
      return as<Str>(object)->size != 0;
    case Kind::kBytes:
      return as<Bytes>(object)->size != 0;
    case Kind::kTuple:
      return as<Tuple>(object)->size != 0;
    case Kind::kList:
    case Kind::kDict:
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kRange:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      return length(object) != 0;
    case Kind::kInstance: {
      const Names& names = this_thread().world.names;
      if (Ref<> method = special_method(object, names.bool_)) {
        Ref<> result = call(method.get(), {object});
        if (!is_bool(result.get())) {
          raise(X::TypeError, "__bool__ should return bool, returned ", type_name(result.get()));
        }
        return int_value(result.get()) != 0;
      }
      if (Ref<> method = special_method(object, names.len)) {
        return checked_length(call(method.get(), {object}).get()) != 0;
      }
      return true;
    }
    default:
      return true;
  }
}

Outcome try_length(Object* object, std::size_t* length) {
  switch (object->kind()) {
    case Kind::kStr:
      *length = as<Str>(object)->length;
      return {};
    case Kind::kBytes:
      *length = as<Bytes>(object)->size;
      return {};
    case Kind::kTuple:
      *length = as<Tuple>(object)->size;
      return {};
    case Kind::kList:
      *length = list_size(as<List>(object));
      return {};
    case Kind::kDict:
      *length = dict_size(as<Dict>(object));
      return {};
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      *length = dict_size(as<DictView>(object)->dict);
      return {};
    case Kind::kSet:
    case Kind::kFrozenSet:
      *length = set_size(as<Set>(object));
      return {};
    case Kind::kRange:
      *length = static_cast<std::size_t>(as<Range>(object)->length);
      return {};
    default:
      break;
  }
  if (Ref<> method = special_method(object, this_thread().world.names.len)) {
    const Result result = try_call(method.get(), {object});
    if (!result) return result;
    *length = checked_length(result.get());
    return {};
  }
  return fail(X::TypeError, "object of type '", type_name(object), "' has no len()");
}

Result try_get_item(Object* object, Object* index) {
  switch (object->kind()) {
    case Kind::kList:
      return list_get_item(as<List>(object), index);
    case Kind::kTuple:
      return tuple_get_item(as<Tuple>(object), index);
    case Kind::kStr:
      return str_get_item(as<Str>(object), index);
    case Kind::kBytes:
      return bytes_get_item(as<Bytes>(object), index);
    case Kind::kRange:
      return range_get_item(as<Range>(object), index);
    case Kind::kDict:
      if (Ref<> value = dict_find(as<Dict>(object), index)) return value;
      return fail_key_error(index);
    default:
      break;
  }
  if (Ref<> method = special_method(object, this_thread().world.names.getitem)) {
    return try_call(method.get(), {object, index});
  }
  if (object->kind() == Kind::kClass) {
    return fail(X::TypeError, "type '", as<Class>(object)->name->view(), "' is not subscriptable");
  }
  return fail(X::TypeError, "'", type_name(object), "' object is not subscriptable");
}

namespace {

// Whether CPython asks the type for an item of a number, and finds only then that none can change.
bool is_numbered(const Object* object) {
  switch (object->kind()) {
    case Kind::kStr:
    case Kind::kBytes:
    case Kind::kTuple:
    case Kind::kRange:
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      return true;
    default:
      return is_instance(object);
  }
}

// `numbered` and `other` are the words for an index and for any other key.
Failure fail_no_change(Object* object, Object* index, const char* numbered, const char* other) {
  const bool by_number = is_numbered(object) && is_index_like(index);
  if (by_number && index->kind() == Kind::kBigInt) {
    return fail(X::IndexError, "cannot fit 'int' into an index-sized integer");
  }
  return fail(X::TypeError, "'", type_name(object), "' object ", by_number ? numbered : other);
}

}  // namespace

Outcome try_set_item(Object* object, Object* index, Object* value) {
  if (object->kind() == Kind::kList) return list_set_item(as<List>(object), index, value);
  if (object->kind() == Kind::kDict) {
    dict_set(as<Dict>(object), index, value);
    return {};
  }
  if (Ref<> method = special_method(object, this_thread().world.names.setitem)) {
    return try_call(method.get(), {object, index, value});
  }
  constexpr const char* kWords = "does not support item assignment";
  return fail_no_change(object, index, kWords, kWords);
}

Outcome try_delete_item(Object* object, Object* index) {
  if (object->kind() == Kind::kList) return list_delete_item(as<List>(object), index);
  if (object->kind() == Kind::kDict) {
    if (!dict_remove(as<Dict>(object), index)) return fail_key_error(index);
    return {};
  }
  if (Ref<> method = special_method(object, this_thread().world.names.delitem)) {
    return try_call(method.get(), {object, index});
  }
  return fail_no_change(object, index, "doesn't support item deletion",
                        "does not support item deletion");
}

bool contains(Object* container, Object* item) {
  switch (container->kind()) {
    case Kind::kStr:
      return str_contains(as<Str>(container), item);
    case Kind::kBytes:
      return bytes_contains(as<Bytes>(container), item);
    case Kind::kDict:
      return dict_contains(as<Dict>(container), item);
    case Kind::kSet:
    case Kind::kFrozenSet:
      return set_contains(as<Set>(container), item);
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      return view_contains(as<DictView>(container), item);
    case Kind::kRange:
      return range_contains(as<Range>(container), item);
    case Kind::kTuple: {
      Tuple* tuple = as<Tuple>(container);
      for (std::size_t i = 0; i < tuple->size; ++i) {
        if (equal(tuple->items[i], item)) return true;
      }
      return false;
    }
    case Kind::kList:
      return list_contains(as<List>(container), item);
    default:
      break;
  }
  if (Ref<> method = special_method(container, this_thread().world.names.contains)) {
    Ref<> result = call(method.get(), {container, item});
    return is_true(result.get());
  }
  Result iterator = try_iterate(container);
  if (!iterator) {
    if (!take_error_of(X::TypeError)) raise_failure();
    raise(X::TypeError, "argument of type '", type_name(container), "' is not iterable");
  }
  while (Ref<> other = next_in_loop(iterator.get())) {
    if (equal(other.get(), item)) return true;
  }
  return false;
}

Result try_iterate(Object* iterable) {
  if (iterable->kind() == Kind::kGenerator) return Ref<>::share(iterable);
  if (Ref<> iterator = iterate_builtin(iterable)) return iterator;
  const Names& names = this_thread().world.names;
  if (Ref<> method = special_method(iterable, names.iter)) {
    Result iterator = try_call(method.get(), {iterable});
    if (!iterator) return iterator;
    const Kind kind = iterator->kind();
    if (kind != Kind::kIterator && kind != Kind::kGenerator &&
        !special_method(iterator.get(), names.next)) {
      return fail(X::TypeError, "iter() returned non-iterator of type '", type_name(iterator.get()),
                  "'");
    }
    return iterator;
  }
  if (special_method(iterable, names.getitem)) return make_sequence_iterator(iterable);
  return fail(X::TypeError, "'", type_name(iterable), "' object is not iterable");
}

Maybe try_next(Object* iterator) {
  if (iterator->kind() == Kind::kIterator) return next_builtin(iterator);
  if (iterator->kind() == Kind::kGenerator) return resume(as<Generator>(iterator), nullptr);
  if (Ref<> method = special_method(iterator, this_thread().world.names.next)) {
    Result item = try_call(method.get(), {iterator});
    if (!item && take_error_of(X::StopIteration)) return Ref<>();
    return item;
  }
  return fail(X::TypeError, "'", type_name(iterator), "' object is not an iterator");
}

void ask_length_hint(Object* iterable) {
  if (!is_instance(iterable)) return;
  const World& world = this_thread().world;
  Ref<> hint;
  try {
    if (Ref<> method = special_method(iterable, world.names.len)) {
      checked_length(call(method.get(), {iterable}).get());
      return;
    }
    Ref<> method = special_method(iterable, world.names.length_hint);
    if (!method) return;
    hint = call(method.get(), {iterable});
  } catch (const Raised& raised) {
    if (!is_exception_of(raised.exception.get(), X::TypeError)) throw;
    return;
  }
  if (hint.get() == world.not_implemented) return;
  if (!is_integer(hint.get())) {
    raise(X::TypeError, "__length_hint__ must be an integer, not ", type_name(hint.get()));
  }
  if (to_index(hint.get()) < 0) raise(X::ValueError, "__length_hint__() should return >= 0");
}

Ref<> iterator_of_instance(Object* iterable) {
  return is_instance(iterable) ? iterate(iterable) : Ref<>::share(iterable);
}

Ref<List> to_list(Object* iterable) {
  if (iterable->kind() == Kind::kList) return list_copy(as<List>(iterable));
  Ref<List> list = make_list();
  list_extend(list.get(), iterable).or_raise();
  return list;
}

Ref<Tuple> to_tuple(Object* iterable) {
  if (iterable->kind() == Kind::kTuple) return Ref<Tuple>::share(as<Tuple>(iterable));
  Ref<List> list = to_list(iterable);
  // Nobody else has seen the list: its items can be moved out.
  Ref<Tuple> tuple = make_tuple_adopting({list->items, list->size});
  list->size = 0;
  return tuple;
}

// ---- numbers out of objects ----

bool is_integer(const Object* object) {
  const Kind kind = object->kind();
  return kind == Kind::kInt || kind == Kind::kBool || kind == Kind::kBigInt;
}

bool is_index_like(Object* object) {
  return is_integer(object) || special_method(object, this_thread().world.names.index);
}

BigInt to_big(const Object* object) {
  if (object->kind() == Kind::kBigInt) return static_cast<const BigIntObject*>(object)->value;
  return BigInt(int_value(object));
}

namespace {

// The int that the object is, or that its __index__ gives; null where it has none.
Ref<> integer_of(Object* object) {
  if (is_integer(object)) return Ref<>::share(object);
  Ref<> method = special_method(object, this_thread().world.names.index);
  if (!method) return {};
  Ref<> result = call(method.get(), {object});
  if (is_integer(result.get())) return result;
  raise(X::TypeError, "__index__ returned non-int (type ", type_name(result.get()), ")");
}

std::string cannot_fit(Object* object) {
  return std::string("cannot fit '") + type_name(object) + "' into an index-sized integer";
}

// An index; `error` with that message where it does not fit.
std::int64_t index_of(Object* object, X error, const std::string& message) {
  if (const std::optional<std::int64_t> value = small_int(object)) return *value;
  const Ref<> integer = integer_of(object);
  if (!integer) {
    raise(X::TypeError, "'", type_name(object), "' object cannot be interpreted as an integer");
  }
  if (const std::optional<std::int64_t> value = small_int(integer.get())) return *value;
  raise(error, message);
}

}  // namespace

std::int64_t to_index(Object* object) {
  if (const std::optional<std::int64_t> value = small_int(object)) return *value;
  return index_of(object, X::OverflowError, "Python int too large to convert to C ssize_t");
}

std::int64_t to_index_clipped(Object* object) {
  if (const std::optional<std::int64_t> value = small_int(object)) return *value;
  if (object->kind() == Kind::kBigInt) {
    return to_big(object).sign() < 0 ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
  }
  const Ref<> integer = integer_of(object);
  if (integer) return to_index_clipped(integer.get());
  raise(X::TypeError, "'", type_name(object), "' object cannot be interpreted as an integer");
}

double to_double(Object* object) {
  if (is_float(object)) return float_value(object);
  if (object->kind() == Kind::kBigInt) return as<BigIntObject>(object)->value.to_double();
  if (is_integer(object)) return static_cast<double>(int_value(object));
  if (Ref<> method = special_method(object, this_thread().world.names.float_)) {
    Ref<> result = call(method.get(), {object});
    if (is_float(result.get())) return float_value(result.get());
    raise(X::TypeError, type_name(object), ".__float__ returned non-float (type ",
          type_name(result.get()), ")");
  }
  if (const Ref<> integer = integer_of(object)) return to_double(integer.get());
  raise(X::TypeError, "must be real number, not ", type_name(object));
}

std::int64_t to_subscript(Object* index) {
  if (const std::optional<std::int64_t> value = small_int(index)) return *value;
  return index_of(index, X::IndexError, cannot_fit(index));
}

std::int64_t to_repetitions(Object* times) {
  if (const std::optional<std::int64_t> value = small_int(times)) return *value;
  return index_of(times, X::OverflowError, cannot_fit(times));
}

SliceBounds slice_bounds(Slice* slice) {
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const auto bound = [](Object* object, std::int64_t fallback) {
    if (is_none(object)) return fallback;
    if (!is_index_like(object)) {
      raise(X::TypeError, "slice indices must be integers or None or have an __index__ method");
    }
    return to_index_clipped(object);
  };
  SliceBounds bounds;
  bounds.step = std::max(bound(slice->step, 1), -kMost);
  if (bounds.step == 0) raise(X::ValueError, "slice step cannot be zero");
  const bool backward = bounds.step < 0;
  bounds.start = bound(slice->start, backward ? kMost : 0);
  bounds.stop = bound(slice->stop, backward ? kLeast : kMost);
  return bounds;
}

SliceRange apply_slice(SliceBounds bounds, std::size_t length) noexcept {
  const auto size = static_cast<std::int64_t>(length);
  const bool backward = bounds.step < 0;
  const std::int64_t lowest = backward ? -1 : 0;
  const std::int64_t highest = backward ? size - 1 : size;
  const auto clamp = [&](std::int64_t value) {
    if (value < 0) value += size;
    return value < lowest ? lowest : value > highest ? highest : value;
  };
  SliceRange range{clamp(bounds.start), clamp(bounds.stop), bounds.step, 0};
  if (backward && range.stop < range.start) {
    range.length = (range.start - range.stop - 1) / (-range.step) + 1;
  } else if (!backward && range.start < range.stop) {
    range.length = (range.stop - range.start - 1) / range.step + 1;
  }
  return range;
}

GILBENCH_END
