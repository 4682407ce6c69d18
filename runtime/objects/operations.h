// What can be done with any object: the protocols of Python, each the one place for its operation.
//
// Arguments are borrowed, results are new references. All of these may raise (errors.h), and those
// marked (P) may run program code when an instance is involved; never call one inside a Section.
// What the loop itself runs is there a second time, as try_...: it hands back a failure where the
// other raises (values/result.h). What seldom happens (a hash that fails, no memory) is thrown
// there too.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/values/types.h"
#include "runtime/world/thread.h"

GILBENCH_BEGIN

// ---- attributes and classes ----
Class* class_of(const Object* object);        // borrowed
const char* type_name(const Object* object);  // as in messages: "int", "NoneType", "Point"
bool is_subclass(const Class* derived, const Class* base);
Result try_get_attribute(Object* object, Str* name);  // (P) AttributeError
Maybe try_find_attribute(Object* object, Str* name);  // (P)
Outcome try_set_attribute(Object* object, Str* name, Object* value);
Outcome try_delete_attribute(Object* object, Str* name);
inline Ref<> get_attribute(Object* object, Str* name) {
  return try_get_attribute(object, name).or_raise();
}
inline Ref<> find_attribute(Object* object, Str* name) {  // null where there is none
  return try_find_attribute(object, name).or_raise();
}
inline void set_attribute(Object* object, Str* name, Object* value) {
  try_set_attribute(object, name, value).or_raise();
}
inline void delete_attribute(Object* object, Str* name) {
  try_delete_attribute(object, name).or_raise();
}
// A class's attribute, looked up along its bases; null where there is none. `where`: the class that
// has it (borrowed).
Ref<> class_attribute(Class* klass, Str* name, Class** where = nullptr);
// The method of an instance's Python class for an operator, unbound; null for other objects or
// where the class does not define it.
Ref<> special_method(Object* object, Str* name);

// ---- calls ---- (P)
Result try_call(Object* callable, Args args);
inline Result try_call(Object* callable, std::initializer_list<Object*> args) {
  return try_call(callable, Args{args.begin(), args.size()});
}
inline Ref<> call(Object* callable, Args args) { return try_call(callable, args).or_raise(); }
inline Ref<> call(Object* callable, std::initializer_list<Object*> args) {
  return try_call(callable, args).or_raise();
}
Ref<> call_method(Object* object, Str* name, std::initializer_list<Object*> args);
bool is_callable(Object* object);

// ---- truth, comparison, hash ---- (P)
bool is_true(Object* object);
enum class Comparison { kLt, kLe, kEq, kNe, kGt, kGe };
inline bool holds(Comparison op, std::partial_ordering order) {
  switch (op) {
    case Comparison::kLt:
      return order < 0;
    case Comparison::kLe:
      return order <= 0;
    case Comparison::kEq:
      return order == 0;
    case Comparison::kNe:
      return order != 0;
    case Comparison::kGt:
      return order > 0;
    case Comparison::kGe:
      return order >= 0;
  }
  return false;
}
Result try_compare(Comparison op, Object* a, Object* b);  // the program's `a op b`
inline Ref<> compare(Comparison op, Object* a, Object* b) {
  return try_compare(op, a, b).or_raise();
}
Outcome try_compare_true(Comparison op, Object* a, Object* b, bool* answer);  // its truth
inline bool compare_true(Comparison op, Object* a, Object* b) {
  bool answer = false;
  try_compare_true(op, a, b, &answer).or_raise();
  return answer;
}
bool equal(Object* a, Object* b);  // identical, or a == b is true
Hash hash(Object* object);         // TypeError: unhashable type
// True where equality with any object can be decided without running program code.
bool is_simple_key(const Object* object);
// Equality of simple keys: takes no section, runs no program code, never raises.
bool simple_equal(const Object* a, const Object* b);
// a < b of simple keys, likewise; nothing where they have no order.
std::optional<bool> simple_less(const Object* a, const Object* b);
// hash() of a simple key: takes no section, runs no program code, never raises; nothing where the
// key is not simple or cannot be hashed.
std::optional<Hash> simple_hash(Object* object);

// ---- arithmetic ---- (P)
enum class Operator {
  kAdd,
  kSub,
  kMul,
  kTrueDiv,
  kFloorDiv,
  kMod,
  kPow,
  kLshift,
  kRshift,
  kAnd,
  kOr,
  kXor
};
Result try_binary(Operator op, Object* a, Object* b, bool in_place = false);
inline Ref<> binary(Operator op, Object* a, Object* b, bool in_place = false) {
  return try_binary(op, a, b, in_place).or_raise();
}
Result negate(Object* a);
Result positive(Object* a);
Result invert(Object* a);
Result absolute(Object* a);
Ref<> power_modulo(Object* base, Object* exponent, Object* modulus);

// ---- containers ---- (P)
Result try_get_item(Object* object, Object* index);
Outcome try_set_item(Object* object, Object* index, Object* value);
Outcome try_delete_item(Object* object, Object* index);
inline Ref<> get_item(Object* object, Object* index) {
  return try_get_item(object, index).or_raise();
}
inline void set_item(Object* object, Object* index, Object* value) {
  try_set_item(object, index, value).or_raise();
}
inline void delete_item(Object* object, Object* index) {
  try_delete_item(object, index).or_raise();
}
bool contains(Object* container, Object* item);
Outcome try_length(Object* object, std::size_t* length);  // TypeError: 'int' has no len()
inline std::size_t length(Object* object) {
  std::size_t length = 0;
  try_length(object, &length).or_raise();
  return length;
}
Result try_iterate(Object* iterable);  // an iterator; TypeError: not iterable
inline Ref<> iterate(Object* iterable) { return try_iterate(iterable).or_raise(); }
Maybe try_next(Object* iterator);                                              // nothing at the end
inline Ref<> next(Object* iterator) { return try_next(iterator).or_raise(); }  // null at the end
// The same for native code that takes one item after the other, and may find no end: a checkpoint
// (Thread::native_checkpoint) comes before each. Every such loop goes through here.
inline Maybe try_next_in_loop(Object* iterator) {
  this_thread().native_checkpoint();
  return try_next(iterator);
}
inline Ref<> next_in_loop(Object* iterator) { return try_next_in_loop(iterator).or_raise(); }
// Calls body(Ref<>) for each item, until it returns false, or an Outcome that is a failure. (P)
template <class Body>
Outcome try_for_each(Object* iterable, Body&& body) {
  const Result iterator = try_iterate(iterable);
  if (!iterator) return iterator;
  for (;;) {
    Maybe next = try_next_in_loop(iterator.get());
    if (next.failed()) return next.failure();
    if (!next) return {};
    Ref<> item = Ref<>::adopt(next.take());
    using Answer = decltype(body(std::move(item)));
    if constexpr (std::is_void_v<Answer>) {
      body(std::move(item));
    } else if constexpr (std::is_same_v<Answer, bool>) {
      if (!body(std::move(item))) return {};
    } else {
      if (const Outcome done = body(std::move(item)); !done) return done;
    }
  }
}
template <class Body>
void for_each(Object* iterable, Body&& body) {
  try_for_each(iterable, body).or_raise();
}
// Asks an instance for its __len__, or else its __length_hint__, as CPython does before it takes
// all of its items into a list, to make room. Raises what they raise, but no TypeError. (P)
void ask_length_hint(Object* iterable);
// Of an instance its iterator, else the object itself: what CPython makes a list of where it wants
// a sequence (PySequence_Fast). So the instance's length is not asked. (P)
Ref<> iterator_of_instance(Object* iterable);
// A new list or tuple of an iterable's items. (P)
Ref<List> to_list(Object* iterable);
Ref<Tuple> to_tuple(Object* iterable);

// ---- text ---- (P)
std::string repr(Object* object);
std::string str(Object* object);
Ref<Str> to_str(Object* object);  // the object itself when it is a str
std::string format(Object* object, std::string_view spec);
std::string format(Object* object, Str* spec);  // an instance is handed this very spec

// ---- numbers out of objects ----
// An index: int or bool (or __index__). TypeError "'float' object cannot be interpreted as an
// integer"; OverflowError when it does not fit.
std::int64_t to_index(Object* object);
std::int64_t to_index_clipped(Object* object);  // the nearest that fits, instead of OverflowError
// The same of what stands in brackets: an int that does not fit is an IndexError.
std::int64_t to_subscript(Object* index);
// And of what a sequence is multiplied by: then it is an OverflowError with the same words.
std::int64_t to_repetitions(Object* times);
inline std::optional<std::int64_t> small_int(const Object* object) {  // an int or bool that fits
  if (is_int(object) || is_bool(object)) return int_value(object);
  return std::nullopt;
}
bool is_integer(const Object* object);  // int of any size, or bool
inline bool is_number(const Object* object) { return is_integer(object) || is_float(object); }
// Whether it may stand for an index: is_integer, or an instance whose class has an __index__. That
// is not called here, and may still fail when to_index() calls it.
bool is_index_like(Object* object);
// Whether a binary special method has decided what becomes of its operation: it has given neither
// nothing nor NotImplemented, or has failed.
inline bool is_decided(const Maybe& result) {
  return result.failed() || (result && result.get()->kind() != Kind::kNotImplemented);
}
BigInt to_big(const Object* object);  // requires is_integer
double to_double(
    Object* object);  // int, bool, float, __float__; TypeError "must be real number, not str"

// ---- slices ----
// A slice's bounds as numbers, in the order of CPython's questions: each __index__ runs once. A
// bound of None is the number that means the same for every length; one that does not fit is the
// nearest.
struct SliceBounds {
  std::int64_t start, stop, step;
};
SliceBounds slice_bounds(Slice* slice);  // (P) TypeError; ValueError: a step of 0
struct SliceRange {
  std::int64_t start, stop, step, length;
};
SliceRange apply_slice(SliceBounds bounds, std::size_t length) noexcept;  // no program code
inline SliceRange resolve_slice(Slice* slice, std::size_t length) {       // (P)
  return apply_slice(slice_bounds(slice), length);
}
// Python's meaning of an index: negative ones count from the end. False when out of range.
inline bool resolve_index(std::int64_t* index, std::size_t length) {
  if (*index < 0) *index += static_cast<std::int64_t>(length);
  return *index >= 0 && static_cast<std::size_t>(*index) < length;
}

GILBENCH_END
