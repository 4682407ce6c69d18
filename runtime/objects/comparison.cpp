// Comparison, equality and hashes of every type.
#include <algorithm>
#include <cmath>
#include <cstring>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/keys.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/support/hash.h"
#include "runtime/support/int_math.h"
#include "runtime/world/frame.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

constexpr const char* kSymbols[] = {"<", "<=", "==", "!=", ">", ">="};
constexpr Str* Names::*kComparisonMethods[] = {&Names::lt, &Names::le, &Names::eq,
                                               &Names::ne, &Names::gt, &Names::ge};
constexpr Comparison kSwapped[] = {Comparison::kGt, Comparison::kGe, Comparison::kEq,
                                   Comparison::kNe, Comparison::kLt, Comparison::kLe};

int index_of(Comparison op) { return static_cast<int>(op); }

std::partial_ordering reversed(std::partial_ordering order) { return 0 <=> order; }

// Exact, whatever the two types.
std::partial_ordering compare_numbers(const Object* a, const Object* b) {
  if (is_float(a) && is_float(b)) return float_value(a) <=> float_value(b);
  const bool big = a->kind() == Kind::kBigInt || b->kind() == Kind::kBigInt;
  if (is_float(b))
    return big ? gilbench::compare(to_big(a), float_value(b))
               : gilbench::compare(int_value(a), float_value(b));
  if (is_float(a)) return reversed(compare_numbers(b, a));
  if (big) return gilbench::compare(to_big(a), to_big(b));
  return int_value(a) <=> int_value(b);
}

bool is_equality(Comparison op) { return op == Comparison::kEq || op == Comparison::kNe; }

bool is_set_like(const Object* o) {
  return o->kind() == Kind::kSet || o->kind() == Kind::kFrozenSet || o->kind() == Kind::kDictKeys ||
         o->kind() == Kind::kDictItems;
}

// The first place where two tuples differ decides; else their lengths.
Ref<> compare_tuples(Comparison op, const Tuple* a, const Tuple* b) {
  this_thread().native_checkpoint();  // tuples of the same tuples of the same tuples
  if (is_equality(op) && a->size != b->size) return make_bool(op == Comparison::kNe);
  const std::size_t common = std::min(a->size, b->size);
  for (std::size_t i = 0; i < common; ++i) {
    if (equal(a->items[i], b->items[i])) continue;
    if (is_equality(op)) return make_bool(op == Comparison::kNe);
    return compare(op, a->items[i], b->items[i]);
  }
  return make_bool(holds(op, a->size <=> b->size));
}

// A list in itself ends in a RecursionError.
constexpr const char* kInComparison = " in comparison";

// Null where built-in types have no such comparison.
Ref<> builtin_compare(Comparison op, Object* a, Object* b) {
  if (is_number(a) && is_number(b)) return make_bool(holds(op, compare_numbers(a, b)));
  if (is_set_like(a) && is_set_like(b)) {
    const RecursionGuard guard(kInComparison);
    return make_bool(set_compare(op, a, b));
  }
  if (a->kind() == b->kind()) {
    switch (a->kind()) {
      case Kind::kStr:
        if (is_equality(op))
          return make_bool((as<Str>(a)->view() == as<Str>(b)->view()) == (op == Comparison::kEq));
        // The order of UTF-8 bytes is the order of code points.
        return make_bool(holds(op, as<Str>(a)->view() <=> as<Str>(b)->view()));
      case Kind::kBytes:
        return make_bool(holds(op, as<Bytes>(a)->view() <=> as<Bytes>(b)->view()));
      case Kind::kTuple: {
        const RecursionGuard guard(kInComparison);
        return compare_tuples(op, as<Tuple>(a), as<Tuple>(b));
      }
      case Kind::kList: {
        const RecursionGuard guard(kInComparison);
        return list_compare(op, as<List>(a), as<List>(b));
      }
      case Kind::kDict:
        if (is_equality(op)) {
          const RecursionGuard guard(kInComparison);
          return make_bool(dict_equal(as<Dict>(a), as<Dict>(b)) == (op == Comparison::kEq));
        }
        break;
      case Kind::kSlice: {
        const auto fields = [](const Slice* slice) {
          return make_tuple({slice->start, slice->stop, slice->step});
        };
        return builtin_compare(op, fields(as<Slice>(a)).get(), fields(as<Slice>(b)).get());
      }
      case Kind::kRange:
      case Kind::kBoundMethod:
        if (is_equality(op)) return make_bool(simple_equal(a, b) == (op == Comparison::kEq));
        break;
      default:
        break;
    }
  }
  return {};
}

Maybe call_comparison(Comparison op, Object* self, Object* other) {
  const Names& names = this_thread().world.names;
  if (Ref<> method = special_method(self, names.*kComparisonMethods[index_of(op)])) {
    return try_call(method.get(), {self, other});
  }
  // `!=` is the opposite of what __eq__ says, where the class does not define it.
  if (op == Comparison::kNe) {
    if (Ref<> method = special_method(self, names.eq)) {
      Result answer = try_call(method.get(), {self, other});
      if (!answer || answer->kind() == Kind::kNotImplemented) return answer;
      return make_bool(!is_true(answer.get()));
    }
  }
  return Ref<>();
}

// Nothing where neither side has an answer.
Maybe instance_compare(Comparison op, Object* a, Object* b) {
  const Comparison swapped = kSwapped[index_of(op)];
  const bool reflected_first =
      is_instance(b) && class_of(a) != class_of(b) && is_subclass(class_of(b), class_of(a));
  Maybe result = reflected_first ? call_comparison(swapped, b, a) : call_comparison(op, a, b);
  if (is_decided(result)) return result;
  result = reflected_first ? call_comparison(op, a, b) : call_comparison(swapped, b, a);
  if (is_decided(result)) return result;
  return Ref<>();
}

}  // namespace

Result try_compare(Comparison op, Object* a, Object* b) {
  Maybe result = is_instance(a) || is_instance(b) ? instance_compare(op, a, b)
                                                  : Maybe(builtin_compare(op, a, b));
  if (result || result.failed()) return std::move(result).result();
  if (is_equality(op)) return make_bool((a == b) == (op == Comparison::kEq));
  return fail(X::TypeError, "'", kSymbols[index_of(op)], "' not supported between instances of '",
              type_name(a), "' and '", type_name(b), "'");
}

Outcome try_compare_true(Comparison op, Object* a, Object* b, bool* answer) {
  if (is_number(a) && is_number(b)) {
    *answer = holds(op, compare_numbers(a, b));
    return {};
  }
  const Result result = try_compare(op, a, b);
  if (!result) return result;
  *answer = is_true(result.get());
  return {};
}

bool equal(Object* a, Object* b) {
  if (a == b) return true;
  if (is_str(a) && is_str(b)) return as<Str>(a)->view() == as<Str>(b)->view();
  return compare_true(Comparison::kEq, a, b);
}

// ---- keys ----

namespace {

// What is larger is left to equal(), which may raise a RecursionError and passes checkpoints:
// simple_equal() does neither, and runs inside sections. A tuple may hold the same one twice, and
// so on, so its items are counted as often as they are come by.
constexpr int kMaxSimpleNesting = 100;
constexpr int kMaxSimpleItems = 1 << 16;

bool is_simple(const Object* object, int nesting, int* items_left) {
  switch (object->kind()) {
    case Kind::kInstance: {
      // Instances compare by identity unless some class of theirs says otherwise.
      for (const Class* k = object->type->instance_class; k != nullptr; k = k->base) {
        if (k->defines_eq.load(std::memory_order_relaxed)) return false;
      }
      return true;
    }
    case Kind::kTuple: {
      const auto* tuple = static_cast<const Tuple*>(object);
      if (nesting == kMaxSimpleNesting) return false;
      for (std::size_t i = 0; i < tuple->size; ++i) {
        if (--*items_left < 0 || !is_simple(tuple->items[i], nesting + 1, items_left)) return false;
      }
      return true;
    }
    case Kind::kList:
    case Kind::kDict:
    case Kind::kDictKeys:
    case Kind::kDictItems:
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kSlice:
    case Kind::kBoundMethod:
      return false;
    default:
      return true;
  }
}

}  // namespace

bool is_simple_key(const Object* object) {
  int items_left = kMaxSimpleItems;
  return is_simple(object, 0, &items_left);
}

namespace {

// Of a simple key, whose nesting is bounded.
std::optional<Hash> hash_of_simple(Object* object) {
  switch (object->kind()) {
    case Kind::kTuple: {
      TupleHasher hasher;
      Tuple* tuple = as<Tuple>(object);
      for (std::size_t i = 0; i < tuple->size; ++i) {
        const std::optional<Hash> item = hash_of_simple(tuple->items[i]);
        if (!item) return std::nullopt;
        hasher.add(*item);
      }
      return hasher.finish();
    }
    case Kind::kInstance:
      for (const Class* k = object->type->instance_class; k != nullptr; k = k->base) {
        if (k->defines_hash.load(std::memory_order_relaxed)) return std::nullopt;
      }
      return hash_pointer(object);
    default:
      return hash(object);  // neither raises nor looks further where is_simple() says yes
  }
}

}  // namespace

std::optional<Hash> simple_hash(Object* object) {
  if (is_str(object)) return str_hash(as<Str>(object));
  if (is_int(object)) return hash_int(int_value(object));
  return is_simple_key(object) ? hash_of_simple(object) : std::nullopt;
}

bool simple_equal(const Object* a, const Object* b) {
  if (a == b) return true;
  if (is_number(a) && is_number(b)) return compare_numbers(a, b) == 0;
  if (a->kind() != b->kind()) return false;
  switch (a->kind()) {
    case Kind::kStr:
      return static_cast<const Str*>(a)->view() == static_cast<const Str*>(b)->view();
    case Kind::kBytes:
      return static_cast<const Bytes*>(a)->view() == static_cast<const Bytes*>(b)->view();
    case Kind::kTuple: {
      const auto* x = static_cast<const Tuple*>(a);
      const auto* y = static_cast<const Tuple*>(b);
      if (x->size != y->size) return false;
      for (std::size_t i = 0; i < x->size; ++i) {
        if (!simple_equal(x->items[i], y->items[i])) return false;
      }
      return true;
    }
    case Kind::kRange: {
      const auto* x = static_cast<const Range*>(a);
      const auto* y = static_cast<const Range*>(b);
      return x->length == y->length &&
             (x->length == 0 || (x->start == y->start && (x->length == 1 || x->step == y->step)));
    }
    case Kind::kBoundMethod: {
      const auto* x = static_cast<const BoundMethod*>(a);
      const auto* y = static_cast<const BoundMethod*>(b);
      return x->function == y->function && x->self == y->self;
    }
    default:
      return false;
  }
}

std::optional<bool> simple_less(const Object* a, const Object* b) {
  if (is_number(a) && is_number(b)) return compare_numbers(a, b) < 0;
  if (a->kind() != b->kind()) return std::nullopt;
  switch (a->kind()) {
    case Kind::kStr:
      return static_cast<const Str*>(a)->view() < static_cast<const Str*>(b)->view();
    case Kind::kBytes:
      return static_cast<const Bytes*>(a)->view() < static_cast<const Bytes*>(b)->view();
    case Kind::kTuple: {
      const auto* x = static_cast<const Tuple*>(a);
      const auto* y = static_cast<const Tuple*>(b);
      const std::size_t common = std::min(x->size, y->size);
      for (std::size_t i = 0; i < common; ++i) {
        if (!simple_equal(x->items[i], y->items[i])) return simple_less(x->items[i], y->items[i]);
      }
      return x->size < y->size;
    }
    default:
      return std::nullopt;
  }
}

namespace {

Hash hash_tuple(const Tuple* tuple) {
  this_thread().check_stack();
  this_thread().native_checkpoint();
  TupleHasher hasher;
  for (std::size_t i = 0; i < tuple->size; ++i) hasher.add(hash(tuple->items[i]));
  return hasher.finish();
}

// Immutable: no section.
Hash hash_frozen_set(const Set* set) {
  SetHasher hasher;
  for (std::size_t i = 0; set->table != nullptr && i <= set->mask; ++i) {
    Object* key = set->table[i].key;
    if (key != nullptr && key != Set::dummy()) hasher.add(set->table[i].hash);
  }
  return hasher.finish();
}

Hash hash_range(const Range* range) {
  TupleHasher hasher;
  hasher.add(hash_int(range->length));
  hasher.add(range->length == 0 ? kHashNone : hash_int(range->start));
  hasher.add(range->length <= 1 ? kHashNone : hash_int(range->step));
  return hasher.finish();
}

[[noreturn]] void raise_unhashable(Object* object) {
  raise(X::TypeError, "unhashable type: '", type_name(object), "'");
}

// By the class's __hash__, or by its address. A class that defines __eq__ without __hash__ is not
// hashable.
Hash hash_instance(Object* object) {
  const Names& names = this_thread().world.names;
  Class* klass = object->type->instance_class;
  Class* hash_owner = nullptr;
  Class* eq_owner = nullptr;
  Ref<> method = class_attribute(klass, names.hash, &hash_owner);
  Ref<> eq = class_attribute(klass, names.eq, &eq_owner);
  const bool defined = method && method->kind() != Kind::kNativeFunction;
  const bool hidden = eq && eq->kind() != Kind::kNativeFunction &&
                      (!defined || (eq_owner != hash_owner && is_subclass(eq_owner, hash_owner)));
  if (!hidden && !defined) return hash_pointer(object);
  if (hidden || is_none(method.get())) raise_unhashable(object);
  Ref<> result = call(method.get(), {object});
  if (!is_integer(result.get())) raise(X::TypeError, "__hash__ method should return an integer");
  return hash(result.get());
}

}  // namespace

Hash hash(Object* object) {
  switch (object->kind()) {
    case Kind::kStr:
      return str_hash(as<Str>(object));
    case Kind::kInt:
    case Kind::kBool:
      return hash_int(int_value(object));
    case Kind::kBigInt:
      return hash_big_int(as<BigIntObject>(object)->value);
    case Kind::kFloat:
      return std::isnan(float_value(object)) ? hash_pointer(object)
                                             : hash_double(float_value(object));
    case Kind::kNone:
      return kHashNone;
    case Kind::kBytes:
      return hash_bytes(as<Bytes>(object)->view());
    case Kind::kTuple:
      return hash_tuple(as<Tuple>(object));
    case Kind::kFrozenSet:
      return hash_frozen_set(as<Set>(object));
    case Kind::kRange:
      return hash_range(as<Range>(object));
    case Kind::kBoundMethod: {
      const BoundMethod* method = as<BoundMethod>(object);
      return hash_pointer(method->self) ^ hash_pointer(method->function);
    }
    case Kind::kInstance:
      return hash_instance(object);
    case Kind::kList:
    case Kind::kDict:
    case Kind::kSet:
    case Kind::kSlice:
    case Kind::kDictItems:
    case Kind::kDictKeys:
      raise_unhashable(object);
    default:
      return hash_pointer(object);
  }
}

GILBENCH_END
