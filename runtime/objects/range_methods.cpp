// The class range. Its bounds have 64 bits; larger ones are refused.
#include "runtime/objects/iterators.h"
#include "runtime/objects/native.h"
#include "runtime/objects/protocol_methods.h"
#include "runtime/objects/sequence_classes.h"

GILBENCH_BEGIN

namespace {

// Where an item is: an int by arithmetic, anything else by comparing with each; -1: nowhere.
std::int64_t place_of(const Range* range, Object* item) {
  if (const auto value = small_int(item)) {
    const bool inside = range->step > 0 ? *value >= range->start && *value < range->stop
                                        : *value <= range->start && *value > range->stop;
    if (!inside) return -1;
    // Unsigned: the distance between 64-bit values may need all 64 bits.
    const std::uint64_t distance =
        range->step > 0
            ? static_cast<std::uint64_t>(*value) - static_cast<std::uint64_t>(range->start)
            : static_cast<std::uint64_t>(range->start) - static_cast<std::uint64_t>(*value);
    const std::uint64_t step = range->step > 0 ? static_cast<std::uint64_t>(range->step)
                                               : 0 - static_cast<std::uint64_t>(range->step);
    return distance % step == 0 ? static_cast<std::int64_t>(distance / step) : -1;
  }
  if (is_integer(item)) return -1;
  const Ref<> values = make_range_iterator(range->start, range->step, range->length);
  for (std::int64_t i = 0; i < range->length; ++i) {
    if (equal(next_in_loop(values.get()).get(), item)) return i;
  }
  return -1;
}

Result range_index(Args args) {
  const std::int64_t place = place_of(as<Range>(args[0]), args[1]);
  if (place >= 0) return make_int(place);
  if (is_integer(args[1])) return fail(X::ValueError, repr(args[1]), " is not in range");
  return fail(X::ValueError, "sequence.index(x): x not in sequence");
}

Result range_count(Args args) {
  const Range* self = as<Range>(args[0]);
  if (is_integer(args[1])) return make_int(place_of(self, args[1]) >= 0 ? 1 : 0);
  std::int64_t count = 0;
  const Ref<> values = make_range_iterator(self->start, self->step, self->length);
  while (const Ref<> value = next_in_loop(values.get())) {
    count += equal(value.get(), args[1]) ? 1 : 0;
  }
  return make_int(count);
}

Result construct_range(Args args) {
  const Args given = rest(args);
  const std::int64_t first = to_index(given[0]);
  if (given.count == 1) return make_range(0, first, 1);
  const std::int64_t stop = to_index(given[1]);
  const std::int64_t step = given.count > 2 ? to_index(given[2]) : 1;
  if (step == 0) return fail(X::ValueError, "range() arg 3 must not be zero");
  return make_range(first, stop, step);
}

constexpr NativeMethod kConstructor = {"range", construct_range, between(1, 3)};

constexpr NativeMethod kMethods[] = {
    {"index", range_index, exactly(1)},
    {"count", range_count, exactly(1)},
    {"__len__", method_len, slot(0)},
    {"__getitem__", method_getitem, slot(1)},
    {"__contains__", method_contains, slot(1)},
    {"__iter__", method_iter, slot(0)},
    {"__reversed__", method_reversed, exactly(0)},
};

}  // namespace

void define_range_class(World& world) {
  define_class(world, types::range, kMethods, &kConstructor);
}

GILBENCH_END
