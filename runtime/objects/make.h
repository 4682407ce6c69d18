// Making objects of the built-in types. All return a new reference.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "runtime/support/float_text.h"
#include "runtime/values/types.h"
#include "runtime/world/thread.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

inline Ref<> make_none() { return Ref<>::share(this_thread().world.none); }
inline Ref<> make_bool(bool value) {
  World& world = this_thread().world;
  return Ref<>::share(value ? world.true_ : world.false_);
}

inline Ref<Int> make_int(std::int64_t value) {
  if (value >= kSmallIntMin && value <= kSmallIntMax) {
    return Ref<Int>::share(this_thread().world.small_ints[value - kSmallIntMin]);
  }
  Int* object = allocate_object<Int>(types::integer);
  object->value = value;
  return Ref<Int>::adopt(object);
}
Ref<> make_int(BigInt value);  // an Int where it fits
Ref<> make_int(Integer value);
Ref<> make_int_from_size(std::size_t value);

Ref<Tuple> make_pair(Ref<> first, Ref<> second);

inline Ref<Float> make_float(double value) {
  Float* object = allocate_object<Float>(types::floating);
  object->value = value;
  return Ref<Float>::adopt(object);
}

// The text must be valid UTF-8. One-character ASCII strings and the empty string are shared.
Ref<Str> make_str(std::string_view utf8);
// Room for `size` bytes that the caller fills before anybody else sees the object; then finish_str
// counts its code points.
Ref<Str> make_str_uninitialized(std::size_t size);
void finish_str(Str* str);
// The one Str of that text in this world: names compare by identity.
Str* intern(std::string_view utf8);  // borrowed: lives as long as the world
Str* intern(Str* str);

Ref<Bytes> make_bytes(std::string_view data);
Ref<Bytes> make_bytes_uninitialized(std::size_t size);

// Shares the items.
Ref<Tuple> make_tuple(std::span<Object* const> items);
Ref<Tuple> make_tuple(std::initializer_list<Object*> items);
Ref<Tuple> make_tuple_adopting(std::span<Object*> items);  // takes the caller's references over
Ref<Tuple> make_tuple_uninitialized(std::size_t size);     // items to be filled in by the caller

Ref<List> make_list(std::size_t capacity = 0);
Ref<List> make_list_sharing(std::span<Object* const> items);
Ref<List> make_list_adopting(std::span<Object*> items);

Ref<Dict> make_dict();
Ref<Set> make_set(bool frozen = false);
Ref<Range> make_range(std::int64_t start, std::int64_t stop, std::int64_t step);  // step != 0
Ref<Slice> make_slice(Object* start, Object* stop, Object* step);
Ref<Cell> make_cell(Object* value);  // shares value; may be null
Ref<BoundMethod> make_bound_method(Object* function, Object* self);
Ref<Module> make_module(std::string_view name);
// What programs see of a traceback: that there is one.
Ref<> make_traceback();

GILBENCH_END
