// The arithmetic operators of every type: numbers here, sequences and sets by their own functions,
// instances by their special methods.
#include <array>
#include <cstdint>
#include <new>

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/int_math.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

struct OperatorInfo {
  const char* symbol;
  Str* Names::*method;
  Str* Names::*reflected;
  Str* Names::*in_place;
};

constexpr OperatorInfo kOperators[] = {
    {"+", &Names::add, &Names::radd, &Names::iadd},
    {"-", &Names::sub, &Names::rsub, &Names::isub},
    {"*", &Names::mul, &Names::rmul, &Names::imul},
    {"/", &Names::truediv, &Names::rtruediv, &Names::itruediv},
    {"//", &Names::floordiv, &Names::rfloordiv, &Names::ifloordiv},
    {"%", &Names::mod, &Names::rmod, &Names::imod},
    {"** or pow()", &Names::pow, &Names::rpow, &Names::ipow},
    {"<<", &Names::lshift, &Names::rlshift, &Names::ilshift},
    {">>", &Names::rshift, &Names::rrshift, &Names::irshift},
    {"&", &Names::and_, &Names::rand_, &Names::iand_},
    {"|", &Names::or_, &Names::ror_, &Names::ior_},
    {"^", &Names::xor_, &Names::rxor_, &Names::ixor_},
};

const OperatorInfo& info(Operator op) { return kOperators[static_cast<int>(op)]; }

[[gnu::cold]] Failure fail_unsupported(Operator op, Object* a, Object* b, bool in_place) {
  const std::string symbol = in_place && op != Operator::kPow ? std::string(info(op).symbol) + "="
                             : in_place                       ? "**="
                                                              : info(op).symbol;
  return fail(X::TypeError, "unsupported operand type(s) for ", symbol, ": '", type_name(a),
              "' and '", type_name(b), "'");
}

// ---- integers ----

Result big_arithmetic(Operator op, const BigInt& a, const BigInt& b);

Ref<> int_power(std::int64_t base, std::int64_t exponent) {
  std::int64_t result;
  if (int_pow(base, exponent, &result)) return make_int(result);
  return make_int(pow(BigInt(base), exponent, native_pause));
}

double as_double(const Object* o) {
  if (is_float(o)) return float_value(o);
  if (o->kind() == Kind::kBigInt) return static_cast<const BigIntObject*>(o)->value.to_double();
  return static_cast<double>(int_value(o));
}

Result negative_power(double base, double exponent) {
  if (base == 0) return fail(X::ZeroDivisionError, "0.0 cannot be raised to a negative power");
  return make_float(float_pow(base, exponent));
}

// a and b are values of int or bool.
Result int_arithmetic(Operator op, std::int64_t a, std::int64_t b) {
  std::int64_t result;
  switch (op) {
    case Operator::kAdd:
      return add_overflow(a, b, &result) ? make_int(big_add(a, b)) : Ref<>(make_int(result));
    case Operator::kSub:
      return sub_overflow(a, b, &result) ? make_int(big_sub(a, b)) : Ref<>(make_int(result));
    case Operator::kMul:
      return mul_overflow(a, b, &result) ? make_int(big_mul(a, b)) : Ref<>(make_int(result));
    case Operator::kTrueDiv:
      if (b == 0) return fail(X::ZeroDivisionError, kIntTrueDivideByZero);
      return make_float(int_true_divide(a, b));
    case Operator::kFloorDiv:
      if (b == 0) return fail(X::ZeroDivisionError, kIntFloorDivByZero);
      if (floor_div_overflows(a, b)) return make_int(big_sub(0, a));
      return make_int(floor_div(a, b));
    case Operator::kMod:
      if (b == 0) return fail(X::ZeroDivisionError, kIntModByZero);
      return make_int(b == -1 ? 0 : floor_mod(a, b));
    case Operator::kPow:
      if (b < 0) return negative_power(static_cast<double>(a), static_cast<double>(b));
      return int_power(a, b);
    case Operator::kLshift:
      if (b < 0) return fail(X::ValueError, "negative shift count");
      if (!shift_left_overflow(a, b, &result)) return make_int(result);
      return make_int(shift_left(BigInt(a), b));
    case Operator::kRshift:
      if (b < 0) return fail(X::ValueError, "negative shift count");
      return make_int(shift_right(a, b));
    case Operator::kAnd:
      return make_int(a & b);
    case Operator::kOr:
      return make_int(a | b);
    case Operator::kXor:
      return make_int(a ^ b);
  }
  std::abort();
}

std::int64_t shift_count(const BigInt& count) {
  if (count.sign() < 0) raise(X::ValueError, "negative shift count");
  if (!count.fits_int64()) raise(X::OverflowError, "too many digits in integer");
  return count.to_int64();
}

Result big_arithmetic(Operator op, const BigInt& a, const BigInt& b) {
  switch (op) {
    case Operator::kAdd:
      return make_int(add(a, b));
    case Operator::kSub:
      return make_int(sub(a, b));
    case Operator::kMul:
      return make_int(mul(a, b, native_pause));
    case Operator::kTrueDiv:
      if (b.is_zero()) return fail(X::ZeroDivisionError, kIntTrueDivideByZero);
      return make_float(true_divide(a, b));
    case Operator::kFloorDiv:
      if (b.is_zero()) return fail(X::ZeroDivisionError, kIntFloorDivByZero);
      return make_int(floor_div(a, b, native_pause));
    case Operator::kMod:
      if (b.is_zero()) return fail(X::ZeroDivisionError, kIntModByZero);
      return make_int(floor_mod(a, b, native_pause));
    case Operator::kPow:
      if (b.sign() < 0) return negative_power(a.to_double(), b.to_double());
      if (b.fits_int64()) return make_int(pow(a, b.to_int64(), native_pause));
      if (a.is_zero() || (a.fits_int64() && a.to_int64() == 1)) return make_int(a);
      if (a.fits_int64() && a.to_int64() == -1) return make_int(b.is_odd() ? -1 : 1);
      return fail(X::MemoryError, "");
    case Operator::kLshift: {
      if (a.is_zero()) return make_int(0);
      return make_int(shift_left(a, shift_count(b)));
    }
    case Operator::kRshift: {
      if (b.sign() >= 0 && !b.fits_int64()) return make_int(a.sign() < 0 ? -1 : 0);
      return make_int(shift_right(a, shift_count(b)));
    }
    case Operator::kAnd:
      return make_int(bit_and(a, b));
    case Operator::kOr:
      return make_int(bit_or(a, b));
    case Operator::kXor:
      return make_int(bit_xor(a, b));
  }
  std::abort();
}

// Nothing where floats have no such operator.
Maybe float_arithmetic(Operator op, double a, double b) {
  switch (op) {
    case Operator::kAdd:
      return make_float(a + b);
    case Operator::kSub:
      return make_float(a - b);
    case Operator::kMul:
      return make_float(a * b);
    case Operator::kTrueDiv:
      if (b == 0) return fail(X::ZeroDivisionError, kFloatTrueDivideByZero);
      return make_float(a / b);
    case Operator::kFloorDiv:
      if (b == 0) return fail(X::ZeroDivisionError, kFloatFloorDivByZero);
      return make_float(float_floor_div(a, b));
    case Operator::kMod:
      if (b == 0) return fail(X::ZeroDivisionError, kFloatModByZero);
      return make_float(float_mod(a, b));
    case Operator::kPow:
      return make_float(float_pow(a, b));
    default:
      return Ref<>();
  }
}

Maybe number_arithmetic(Operator op, Object* a, Object* b) {
  if (is_integer(a) && is_integer(b)) {
    if (a->kind() != Kind::kBigInt && b->kind() != Kind::kBigInt) {
      const std::int64_t x = int_value(a);
      const std::int64_t y = int_value(b);
      const bool logical = op == Operator::kAnd || op == Operator::kOr || op == Operator::kXor;
      if (logical && is_bool(a) && is_bool(b)) {
        return make_bool((op == Operator::kAnd ? x & y : op == Operator::kOr ? x | y : x ^ y) != 0);
      }
      return int_arithmetic(op, x, y);
    }
    return big_arithmetic(op, to_big(a), to_big(b));
  }
  return float_arithmetic(op, as_double(a), as_double(b));
}

// ---- sequences and sets ----

bool is_sequence(const Object* o) {
  return is_str(o) || o->kind() == Kind::kBytes || o->kind() == Kind::kList ||
         o->kind() == Kind::kTuple;
}

Ref<> repeat(Object* sequence, Object* times) {
  const std::int64_t count = to_repetitions(times);
  switch (sequence->kind()) {
    case Kind::kStr:
      return str_repeat(as<Str>(sequence), count);
    case Kind::kBytes:
      return bytes_repeat(as<Bytes>(sequence), count);
    case Kind::kList:
      return list_repeat(as<List>(sequence), count);
    default:
      break;
  }
  Tuple* tuple = as<Tuple>(sequence);
  if (count <= 0 || tuple->size == 0) return make_tuple({});
  std::size_t size = 0;
  if (__builtin_mul_overflow(tuple->size, static_cast<std::size_t>(count), &size) ||
      size > SIZE_MAX / 2 / sizeof(Object*)) {
    throw std::bad_alloc();
  }
  Ref<Tuple> result = make_tuple_uninitialized(size);
  for (std::size_t i = 0; i < result->size; ++i) {
    result->items[i] = Ref<>::share(tuple->items[i % tuple->size]).take();
  }
  return result;
}

Ref<> tuple_concat(Tuple* a, Tuple* b) {
  Ref<Tuple> result = make_tuple_uninitialized(a->size + b->size);
  for (std::size_t i = 0; i < a->size; ++i) result->items[i] = Ref<>::share(a->items[i]).take();
  for (std::size_t i = 0; i < b->size; ++i)
    result->items[a->size + i] = Ref<>::share(b->items[i]).take();
  return result;
}

Result concat(Object* a, Object* b) {
  if (a->kind() == b->kind()) {
    switch (a->kind()) {
      case Kind::kStr:
        return str_concat(as<Str>(a), as<Str>(b));
      case Kind::kBytes:
        return bytes_concat(as<Bytes>(a), as<Bytes>(b));
      case Kind::kList:
        return list_concat(as<List>(a), as<List>(b));
      default:
        return tuple_concat(as<Tuple>(a), as<Tuple>(b));
    }
  }
  switch (a->kind()) {
    case Kind::kStr:
      return fail(X::TypeError, "can only concatenate str (not \"", type_name(b), "\") to str");
    case Kind::kBytes:
      return fail(X::TypeError, "can't concat ", type_name(b), " to bytes");
    case Kind::kList:
      return fail(X::TypeError, "can only concatenate list (not \"", type_name(b), "\") to list");
    default:
      return fail(X::TypeError, "can only concatenate tuple (not \"", type_name(b), "\") to tuple");
  }
}

// Whether what CPython asks of sequences is asked of it, though it cannot be repeated: `x *= [1]`
// is then no operator of x's, while `x * [1]` and other x's are told that a list is not repeated
// so.
bool is_like_a_sequence(Object* object) {
  switch (object->kind()) {
    case Kind::kDict:
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kRange:
      return true;
    default:
      return is_instance(object) && !class_of(object)->is_exception;
  }
}

// Nothing where built-in types have no such operator.
Maybe builtin_binary(Operator op, Object* a, Object* b) {
  if (is_number(a) && is_number(b)) return number_arithmetic(op, a, b);
  if (op == Operator::kAdd && is_sequence(a)) return concat(a, b);
  if (op == Operator::kMul) {
    if (is_sequence(a) && is_index_like(b)) return repeat(a, b);
    if (is_sequence(b) && is_index_like(a)) return repeat(b, a);
    const Object* sequence = is_sequence(a) ? a : is_sequence(b) ? b : nullptr;
    const Object* other = sequence == a ? b : a;
    if (sequence != nullptr) {
      return fail(X::TypeError, "can't multiply sequence by non-int of type '", type_name(other),
                  "'");
    }
  }
  if (op == Operator::kMod && is_str(a)) return percent_format(as<Str>(a), b);
  if (op == Operator::kMod && a->kind() == Kind::kBytes) return percent_format(as<Bytes>(a), b);
  return set_operation(op, a, b, false);
}

// Nothing where the built-in type has no in-place form of its own.
Maybe builtin_in_place(Operator op, Object* a, Object* b) {
  if (a->kind() == Kind::kList) {
    if (op == Operator::kAdd) {
      if (const Outcome extended = list_extend(as<List>(a), b); !extended) {
        return extended.failure();
      }
      return Ref<>::share(a);
    }
    if (op == Operator::kMul && is_index_like(b)) {
      list_repeat_in_place(as<List>(a), to_repetitions(b));
      return Ref<>::share(a);
    }
  }
  if (a->kind() == Kind::kDict && op == Operator::kOr) {  // whatever update() takes
    dict_update(as<Dict>(a), b);
    return Ref<>::share(a);
  }
  if (a->kind() == Kind::kSet || a->kind() == Kind::kDict) return set_operation(op, a, b, true);
  return Ref<>();
}

Maybe call_operator(Object* self, Str* name, Object* other) {
  Ref<> method = special_method(self, name);
  if (!method) return method;
  return try_call(method.get(), {self, other});
}

// The special methods of instances; nothing where neither side has an answer.
Maybe instance_binary(Operator op, Object* a, Object* b) {
  const Names& names = this_thread().world.names;
  Str* method = names.*info(op).method;
  Str* reflected = names.*info(op).reflected;
  // A subclass's reflected method goes before its base's method.
  const bool reflected_first = is_instance(b) && class_of(a) != class_of(b) &&
                               is_subclass(class_of(b), class_of(a)) &&
                               special_method(b, reflected);
  if (reflected_first) {
    Maybe result = call_operator(b, reflected, a);
    if (is_decided(result)) return result;
  }
  Maybe result = call_operator(a, method, b);
  if (is_decided(result)) return result;
  if (!reflected_first && class_of(a) != class_of(b)) {
    result = call_operator(b, reflected, a);
    if (is_decided(result)) return result;
  }
  return Ref<>();
}

}  // namespace

Result try_binary(Operator op, Object* a, Object* b, bool in_place) {
  // str and bytes format what comes before it is asked. A list's + and * come after the other's
  // reflected method, in place too: they are those of a sequence.
  const bool formats = op == Operator::kMod && (is_str(a) || a->kind() == Kind::kBytes);
  const bool asks = !formats && (is_instance(a) || is_instance(b));
  bool asked = false;
  if (in_place) {
    if (asks && a->kind() == Kind::kList && (op == Operator::kAdd || op == Operator::kMul)) {
      Maybe answer = instance_binary(op, a, b);
      if (answer || answer.failed()) return std::move(answer).result();
      asked = true;
    }
    Maybe result = is_instance(a)
                       ? call_operator(a, this_thread().world.names.*info(op).in_place, b)
                       : builtin_in_place(op, a, b);
    if (is_decided(result)) return std::move(result).result();
  }
  if (asks && !asked) {
    Maybe result = instance_binary(op, a, b);
    if (result || result.failed()) return std::move(result).result();
  }
  const bool repeats_nothing = in_place && op == Operator::kMul && is_like_a_sequence(a);
  if (!repeats_nothing) {
    Maybe result = builtin_binary(op, a, b);
    if (result || result.failed()) return std::move(result).result();
  }
  return fail_unsupported(op, a, b, in_place);
}

Ref<> power_modulo(Object* base, Object* exponent, Object* modulus) {
  if (is_float(base) || is_float(exponent) || is_float(modulus)) {
    raise(X::TypeError, "pow() 3rd argument not allowed unless all arguments are integers");
  }
  if (!is_integer(base) || !is_integer(exponent) || !is_integer(modulus)) {
    raise(X::TypeError, "unsupported operand type(s) for ** or pow(): '", type_name(base), "', '",
          type_name(exponent), "', '", type_name(modulus), "'");
  }
  return make_int(pow_mod(to_big(base), to_big(exponent), to_big(modulus), native_pause));
}

namespace {

Result unary_method(Object* a, Str* name, const char* symbol) {
  if (Ref<> method = special_method(a, name)) return try_call(method.get(), {a});
  return fail(X::TypeError, "bad operand type for ", symbol, ": '", type_name(a), "'");
}

}  // namespace

Result negate(Object* a) {
  std::int64_t result;
  switch (a->kind()) {
    case Kind::kInt:
    case Kind::kBool:
      if (negate_overflow(int_value(a), &result)) return make_int(big_sub(0, int_value(a)));
      return make_int(result);
    case Kind::kBigInt:
      return make_int(negate(as<BigIntObject>(a)->value));
    case Kind::kFloat:
      return make_float(-float_value(a));
    default:
      return unary_method(a, this_thread().world.names.neg, "unary -");
  }
}

Result positive(Object* a) {
  switch (a->kind()) {
    case Kind::kBool:
      return make_int(int_value(a));
    case Kind::kInt:
    case Kind::kBigInt:
    case Kind::kFloat:
      return Ref<>::share(a);
    default:
      return unary_method(a, this_thread().world.names.pos, "unary +");
  }
}

Result invert(Object* a) {
  switch (a->kind()) {
    case Kind::kInt:
    case Kind::kBool:
      return make_int(~int_value(a));
    case Kind::kBigInt:
      return make_int(bit_not(as<BigIntObject>(a)->value));
    default:
      return unary_method(a, this_thread().world.names.invert, "unary ~");
  }
}

Result absolute(Object* a) {
  switch (a->kind()) {
    case Kind::kInt:
    case Kind::kBool:
      return int_value(a) < 0 ? negate(a) : positive(a);
    case Kind::kBigInt:
      return make_int(abs(as<BigIntObject>(a)->value));
    case Kind::kFloat:
      return make_float(std::abs(float_value(a)));
    default:
      return unary_method(a, this_thread().world.names.abs, "abs()");
  }
}

GILBENCH_END
