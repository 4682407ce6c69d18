// The classes tuple and slice, and what searches in sequences share.
#include <algorithm>
#include <limits>

#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/sequence_classes.h"

GILBENCH_BEGIN

SearchBounds search_bounds(Args args) {
  const auto bound = [&](std::size_t argument, std::int64_t fallback) {
    if (args.count <= argument) return fallback;
    Object* given = args[argument];
    if (is_index_like(given)) return to_index_clipped(given);
    raise(X::TypeError, "slice indices must be integers or have an __index__ method");
  };
  const std::int64_t start = bound(2, 0);
  return {start, bound(3, std::numeric_limits<std::int64_t>::max())};
}

namespace {

// ---- tuple ----

Result tuple_index(Args args) {
  const Tuple* self = as<Tuple>(args[0]);
  const SearchBounds bounds = search_bounds(args);
  const SliceRange range = apply_slice({bounds.start, bounds.stop, 1}, self->size);
  for (std::int64_t i = range.start; i < range.stop; ++i) {
    if (equal(self->items[i], args[1])) return make_int(i);
  }
  return fail(X::ValueError, "tuple.index(x): x not in tuple");
}

Result tuple_count(Args args) {
  const Tuple* self = as<Tuple>(args[0]);
  std::size_t count = 0;
  for (std::size_t i = 0; i < self->size; ++i) count += equal(self->items[i], args[1]) ? 1 : 0;
  return make_int_from_size(count);
}

Result construct_tuple(Args args) {
  const Args given = rest(args);
  if (given.count == 0) return make_tuple({});
  if (given[0]->kind() == Kind::kTuple) return Ref<>::share(given[0]);
  return to_tuple(given[0]);
}

constexpr NativeMethod kTupleConstructor = {"tuple", construct_tuple, between(0, 1)};
constexpr NativeMethod kTupleMethods[] = {
    {"index", tuple_index, between(1, 3)},      {"count", tuple_count, exactly(1)},
    {"__len__", method_len, slot(0)},           {"__getitem__", method_getitem, slot(1)},
    {"__contains__", method_contains, slot(1)}, {"__iter__", method_iter, slot(0)},
};

// ---- slice ----

Result slice_indices(Args args) {
  Slice* self = as<Slice>(args[0]);
  const std::int64_t length = to_index(args[1]);
  if (length < 0) return fail(X::ValueError, "length should not be negative");
  const SliceRange range = resolve_slice(self, static_cast<std::size_t>(length));
  return make_tuple(
      {make_int(range.start).get(), make_int(range.stop).get(), make_int(range.step).get()});
}

Result construct_slice(Args args) {
  const Args given = rest(args);
  Object* none = this_thread().world.none;
  if (given.count == 1) return make_slice(none, given[0], none);
  return make_slice(given[0], given[1], given.count > 2 ? given[2] : none);
}

constexpr NativeMethod kSliceConstructor = {"slice", construct_slice, between(1, 3)};
constexpr NativeMethod kSliceMethods[] = {{"indices", slice_indices, exactly(1)}};

}  // namespace

void define_sequence_classes(World& world) {
  define_list_class(world);
  define_class(world, types::tuple, kTupleMethods, &kTupleConstructor);
  define_range_class(world);
  define_class(world, types::slice, kSliceMethods, &kSliceConstructor);
}

GILBENCH_END
