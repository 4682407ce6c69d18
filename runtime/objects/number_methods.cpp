// The classes int, float and bool: their constructors and methods.
#include <cmath>

#include "runtime/objects/native.h"
#include "runtime/objects/number_parts.h"
#include "runtime/objects/text_objects.h"
#include "runtime/support/big_int.h"
#include "runtime/support/float_text.h"
#include "runtime/support/int_math.h"
#include "runtime/support/repr.h"

GILBENCH_BEGIN

namespace {

// ---- constructors ----

// Text of a number in bytes is read like a str, but named in errors as what it is.
Result int_of_text(Object* object, int base) {
  const bool in_bytes = object->kind() == Kind::kBytes;
  const std::string_view text = in_bytes ? as<Bytes>(object)->view() : as<Str>(object)->view();
  if (std::optional<Integer> value = read_int(text, base)) return make_int(*std::move(value));
  if (!in_bytes) return fail(X::ValueError, not_an_int(text, base));
  return fail(X::ValueError, "invalid literal for int() with base ", std::to_string(base), ": ",
              repr_bytes(text));
}

Result float_of_text(Object* object) {
  const bool in_bytes = object->kind() == Kind::kBytes;
  const std::string_view text = in_bytes ? as<Bytes>(object)->view() : as<Str>(object)->view();
  if (const std::optional<double> value = read_float(text)) return make_float(*value);
  return fail(X::ValueError, in_bytes ? "could not convert string to float: " + repr_bytes(text)
                                      : not_a_float(text));
}

Result int_of(Object* object) {
  if (is_int(object) || object->kind() == Kind::kBigInt) return Ref<>::share(object);
  if (is_bool(object)) return make_int(int_value(object));
  if (is_float(object)) return make_int(truncate_to_integer(float_value(object)));
  if (is_str(object) || object->kind() == Kind::kBytes) return int_of_text(object, 10);
  const Names& names = this_thread().world.names;
  for (Str* name : {names.int_, names.index}) {
    if (!special_method(object, name)) continue;
    Ref<> result = call_method(object, name, {});
    if (!is_integer(result.get())) {
      return fail(X::TypeError, name->view(), " returned non-int (type ", type_name(result.get()),
                  ")");
    }
    return is_bool(result.get()) ? Ref<>(make_int(int_value(result.get()))) : result;
  }
  return fail(
      X::TypeError,
      std::string("int() argument must be a string, a bytes-like object or a real number, not '") +
          type_name(object) + "'");
}

// int(x=0, /, base=10)
Result construct_int(Args args) {
  Object* value = args.get(1);
  if (args.get(2) == nullptr) {
    if (value == nullptr) return make_int(0);
    return int_of(value);
  }
  if (value == nullptr) return fail(X::TypeError, "int() missing string argument");
  const std::int64_t base = to_index(args[2]);
  if (base != 0 && (base < 2 || base > 36)) {
    return fail(X::ValueError, "int() base must be >= 2 and <= 36, or 0");
  }
  if (!is_str(value) && value->kind() != Kind::kBytes) {
    return fail(X::TypeError, "int() can't convert non-string with explicit base");
  }
  return int_of_text(value, static_cast<int>(base));
}

Result construct_float(Args args) {
  if (args.count == 1) return make_float(0.0);
  Object* object = args[1];
  if (is_float(object)) return Ref<>::share(object);
  if (is_str(object) || object->kind() == Kind::kBytes) return float_of_text(object);
  if (!is_index_like(object) && !special_method(object, this_thread().world.names.float_)) {
    return fail(X::TypeError, "float() argument must be a string or a real number, not '",
                type_name(object), "'");
  }
  return make_float(to_double(object));
}

Result construct_bool(Args args) { return make_bool(args.count > 1 && is_true(args[1])); }

// ---- methods of int; bool inherits them ----

// The value itself, as an int where it is a bool.
Ref<> plain_int(Object* self) {
  if (is_bool(self)) return make_int(int_value(self));
  return Ref<>::share(self);
}

Result int_bit_length(Args args) {
  Object* self = args[0];
  if (const std::optional<std::int64_t> small = small_int(self))
    return make_int(bit_length(*small));
  return make_int(to_big(self).bit_length());
}

Result int_bit_count(Args args) {
  Object* self = args[0];
  if (const std::optional<std::int64_t> small = small_int(self)) return make_int(bit_count(*small));
  const BigInt magnitude = abs(to_big(self));
  std::int64_t bits = 0;
  for (const char c : magnitude.to_bytes(magnitude.bit_length() / 8 + 1, false)) {
    bits += bit_count(static_cast<unsigned char>(c));
  }
  return make_int(bits);
}

Result int_conjugate(Args args) { return plain_int(args[0]); }

Result int_as_integer_ratio(Args args) {
  Ref<> numerator = plain_int(args[0]);
  Ref<> one = make_int(1);
  return make_tuple({numerator.get(), one.get()});
}

// ---- methods of float ----

Result float_is_integer(Args args) {
  const double value = float_value(args[0]);
  return make_bool(std::isfinite(value) && std::floor(value) == value);
}

Result float_conjugate(Args args) { return Ref<>::share(args[0]); }

Result float_as_integer_ratio(Args args) {
  const double value = float_value(args[0]);
  if (std::isinf(value)) {
    return fail(X::OverflowError, "cannot convert Infinity to integer ratio");
  }
  if (std::isnan(value)) return fail(X::ValueError, "cannot convert NaN to integer ratio");
  int exponent = 0;
  double mantissa = std::frexp(value, &exponent);
  // 53 bits at the most: then the mantissa is whole.
  for (int i = 0; i < 60 && mantissa != std::floor(mantissa); ++i) {
    mantissa *= 2;
    --exponent;
  }
  BigInt numerator(static_cast<std::int64_t>(mantissa));
  BigInt denominator(1);
  if (exponent > 0) {
    numerator = shift_left(numerator, exponent);
  } else {
    denominator = shift_left(denominator, -exponent);
  }
  Ref<> first = make_int(std::move(numerator));
  Ref<> second = make_int(std::move(denominator));
  return make_tuple({first.get(), second.get()});
}

// ---- what the protocols ask of numbers, for programs that call it by name ----

Result int_index(Args args) { return plain_int(args[0]); }
Result int_int(Args args) { return plain_int(args[0]); }
Result int_trunc(Args args) { return plain_int(args[0]); }
Result int_float(Args args) { return make_float(to_double(args[0])); }
Result int_bool(Args args) { return make_bool(is_true(args[0])); }
Result int_abs(Args args) { return absolute(args[0]); }
Result int_neg(Args args) { return negate(args[0]); }
Result int_pos(Args args) { return positive(args[0]); }
Result int_invert(Args args) { return invert(args[0]); }

Float* self_float(Args args) { return as<Float>(args[0]); }
Result float_int(Args args) { return make_int(truncate_to_integer(self_float(args)->value)); }
Result float_trunc(Args args) { return make_int(truncate_to_integer(self_float(args)->value)); }
Result float_float(Args args) { return Ref<>::share(self_float(args)); }
Result float_bool(Args args) { return make_bool(self_float(args)->value != 0); }
Result float_abs(Args args) { return absolute(self_float(args)); }
Result float_neg(Args args) { return negate(self_float(args)); }
Result float_pos(Args args) { return positive(self_float(args)); }

constexpr NativeMethod kIntConstructor = {"int", construct_int,
                                          named(0, "", "base").positional_only(1)};
constexpr NativeMethod kFloatConstructor = {"float", construct_float, between(0, 1)};
constexpr NativeMethod kBoolConstructor = {"bool", construct_bool, between(0, 1)};

constexpr NativeMethod kIntMethods[] = {
    {"bit_length", int_bit_length, exactly(0)},
    {"bit_count", int_bit_count, exactly(0)},
    {"conjugate", int_conjugate, exactly(0)},
    {"as_integer_ratio", int_as_integer_ratio, exactly(0)},
    {"to_bytes", int_to_bytes, named(0, "length", "byteorder", "signed").by_name_from(2)},
    {"__int__", int_int, slot(0)},
    {"__trunc__", int_trunc, exactly(0)},
    {"__float__", int_float, slot(0)},
    {"__bool__", int_bool, slot(0)},
    {"__abs__", int_abs, slot(0)},
    {"__neg__", int_neg, slot(0)},
    {"__pos__", int_pos, slot(0)},
    {"__invert__", int_invert, slot(0)},
    {"__index__", int_index, slot(0)},
};
constexpr NativeMethod kIntClassMethods[] = {
    {"from_bytes", int_from_bytes, named(1, "bytes", "byteorder", "signed").by_name_from(2)},
};

constexpr NativeMethod kFloatMethods[] = {
    {"is_integer", float_is_integer, exactly(0)},
    {"conjugate", float_conjugate, exactly(0)},
    {"as_integer_ratio", float_as_integer_ratio, exactly(0)},
    {"__int__", float_int, slot(0)},
    {"__trunc__", float_trunc, exactly(0)},
    {"__float__", float_float, slot(0)},
    {"__bool__", float_bool, slot(0)},
    {"__abs__", float_abs, slot(0)},
    {"__neg__", float_neg, slot(0)},
    {"__pos__", float_pos, slot(0)},
};

}  // namespace

void define_number_classes(World& world) {
  Class* integer = define_class(world, types::integer, kIntMethods, &kIntConstructor);
  add_natives(integer, kIntClassMethods, Binding::kClassMethod);
  define_class(world, types::floating, kFloatMethods, &kFloatConstructor);
  Class* boolean = define_class(world, types::boolean, {}, &kBoolConstructor);
  release_if(boolean->base);
  retain(integer);
  boolean->base = integer;
}

GILBENCH_END
