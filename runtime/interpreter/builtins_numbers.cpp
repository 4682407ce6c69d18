// Built-in functions over numbers and characters.
#include <cmath>

#include "runtime/interpreter/builtins.h"
#include "runtime/support/big_int.h"
#include "runtime/support/float_text.h"
#include "runtime/support/int_math.h"
#include "runtime/support/utf8.h"

GILBENCH_BEGIN

namespace {

Result builtin_abs(Args args) { return absolute(args[0]); }

bool is_number(Object* object) { return is_integer(object) || is_float(object); }

Result builtin_divmod(Args args) {
  Object* a = args[0];
  Object* b = args[1];
  if (is_integer(a) && is_integer(b)) {
    if (small_int(b) == std::int64_t{0}) {
      return fail(X::ZeroDivisionError, kIntFloorDivByZero);
    }
  } else if (is_number(a) && is_number(b)) {
    if (to_double(b) == 0) return fail(X::ZeroDivisionError, "float divmod()");
  } else {
    Str* name = this_thread().world.names.divmod;
    Ref<> result;
    if (special_method(a, name)) result = call_method(a, name, {b});
    if (!result || result.get() == this_thread().world.not_implemented) {
      return fail(X::TypeError, "unsupported operand type(s) for divmod(): '", type_name(a),
                  "' and '", type_name(b), "'");
    }
    return result;
  }
  Ref<> quotient = binary(Operator::kFloorDiv, a, b);
  Ref<> remainder = binary(Operator::kMod, a, b);
  return make_tuple({quotient.get(), remainder.get()});
}

Result builtin_pow(Args args) {
  if (args.get(2) != nullptr && !is_none(args[2])) {
    return power_modulo(args[0], args[1], args[2]);
  }
  // As CPython: the message for what cannot be raised names pow() as well, so `**` does too.
  return binary(Operator::kPow, args[0], args[1]);
}

// ---- round ----

// An integer to the nearest multiple of 10 ** -digits, half to even. Requires digits < 0.
Ref<> round_big(const BigInt& value, std::int64_t digits) {
  // A number of that many bits has fewer decimal digits: it rounds to nothing.
  if (-digits > value.bit_length()) return make_int(0);
  const BigInt unit = pow(BigInt(10), -digits, native_pause);
  const BigInt down = mul(floor_div(value, unit, native_pause), unit, native_pause);
  const BigInt twice_rest = mul(sub(value, down), BigInt(2));
  const std::strong_ordering half = compare(twice_rest, unit);
  const bool up = half > 0 || (half == 0 && floor_div(down, unit, native_pause).is_odd());
  return make_int(up ? add(down, unit) : down);
}

Ref<> round_integer(Object* number, Object* digits) {
  Ref<> same = is_bool(number) ? Ref<>(make_int(int_value(number))) : Ref<>::share(number);
  if (digits == nullptr) return same;
  if (!is_integer(digits)) to_index(digits);  // raises
  const std::optional<std::int64_t> count = small_int(digits);
  const bool negative = count ? *count < 0 : to_big(digits).sign() < 0;
  if (!negative) return same;
  if (!count || *count < -std::numeric_limits<std::int64_t>::max()) return make_int(0);
  if (const std::optional<std::int64_t> small = small_int(number)) {
    return make_int(round_int_half_even(*small, *count));
  }
  return round_big(to_big(number), *count);
}

Result builtin_round(Args args) {
  Object* number = args[0];
  Object* digits = args.get(1) == nullptr || is_none(args[1]) ? nullptr : args[1];
  if (is_integer(number)) return round_integer(number, digits);
  if (is_float(number)) {
    const double value = float_value(number);
    if (digits == nullptr) return make_int(round_to_integer(value));
    const std::int64_t count = is_integer(digits) ? slice_index_arg(digits, 0) : to_index(digits);
    return make_float(round_half_even(value, count));
  }
  Str* name = this_thread().world.names.round;
  if (!special_method(number, name)) {
    return fail(X::TypeError, "type ", type_name(number), " doesn't define __round__ method");
  }
  if (digits == nullptr) return call_method(number, name, {});
  return call_method(number, name, {digits});
}

// ---- text of integers ----

Result in_base(Args args, const char* prefix, int base) {
  const BigInt value = is_integer(args[0]) ? to_big(args[0]) : BigInt(to_index(args[0]));
  const std::string digits = abs(value).to_string(base);
  return make_str((value.sign() < 0 ? "-" : "") + (prefix + digits));
}

Result builtin_bin(Args args) { return in_base(args, "0b", 2); }
Result builtin_oct(Args args) { return in_base(args, "0o", 8); }
Result builtin_hex(Args args) { return in_base(args, "0x", 16); }

// ---- characters ----

Result builtin_ord(Args args) {
  std::size_t length = 0;
  if (is_str(args[0])) {
    const Str* str = as<Str>(args[0]);
    length = str->length;
    std::size_t position = 0;
    if (length == 1)
      return make_int(static_cast<std::int64_t>(utf8::decode(str->view(), &position)));
  } else if (args[0]->kind() == Kind::kBytes) {
    const Bytes* bytes = as<Bytes>(args[0]);
    length = bytes->size;
    if (length == 1) return make_int(static_cast<unsigned char>(bytes->data[0]));
  } else {
    return fail(X::TypeError, "ord() expected string of length 1, but ", type_name(args[0]),
                " found");
  }
  return fail(X::TypeError, "ord() expected a character, but string of length ",
              std::to_string(length), " found");
}

Result builtin_chr(Args args) {
  std::optional<std::int64_t> code = small_int(args[0]);
  if (!is_integer(args[0])) code = to_index(args[0]);
  if (!code || *code > std::numeric_limits<std::int32_t>::max() ||
      *code < std::numeric_limits<std::int32_t>::min()) {
    return fail(X::OverflowError, "Python int too large to convert to C int");
  }
  if (*code < 0 || *code > static_cast<std::int64_t>(utf8::kMaxCodePoint)) {
    return fail(X::ValueError, "chr() arg not in range(0x110000)");
  }
  return make_str(utf8::encode(static_cast<char32_t>(*code)));
}

constexpr NativeMethod kBuiltinsNumbersFunctions[] = {
    {"abs", builtin_abs, exactly(1)},
    {"divmod", builtin_divmod, exactly(2)},
    {"pow", builtin_pow, named(2, "base", "exp", "mod")},
    {"round", builtin_round, named(1, "number", "ndigits")},
    {"bin", builtin_bin, exactly(1)},
    {"oct", builtin_oct, exactly(1)},
    {"hex", builtin_hex, exactly(1)},
    {"ord", builtin_ord, exactly(1)},
    {"chr", builtin_chr, exactly(1)},
};

}  // namespace

std::span<const NativeMethod> number_functions() { return kBuiltinsNumbersFunctions; }

GILBENCH_END
