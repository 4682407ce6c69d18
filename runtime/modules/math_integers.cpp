// The module math: functions of integers, and of reals to integers.
#include <algorithm>
#include <limits>

#include "runtime/modules/math_parts.h"
#include "runtime/support/big_int.h"
#include "runtime/support/float_text.h"
#include "runtime/support/int_math.h"

GILBENCH_BEGIN

namespace {

BigInt integer_arg(Object* object) {
  return is_integer(object) ? to_big(object) : BigInt(to_index(object));
}

Result math_isqrt(Args args) {
  if (is_int(args[0]) && int_value(args[0]) >= 0) return make_int(isqrt(int_value(args[0])));
  const BigInt value = integer_arg(args[0]);
  if (value.sign() < 0) return fail(X::ValueError, "isqrt() argument must be nonnegative");
  return make_int(isqrt(value, native_pause));
}

Result math_gcd(Args args) {
  if (args.count == 2 && is_int(args[0]) && is_int(args[1])) {
    return make_int(BigInt::from_uint64(gcd(int_value(args[0]), int_value(args[1]))));
  }
  BigInt result;
  for (Object* arg : args) result = gcd(result, integer_arg(arg));
  return make_int(std::move(result));
}

Result math_lcm(Args args) {
  BigInt result(1);
  for (Object* arg : args) {
    const BigInt value = abs(integer_arg(arg));
    result = value.is_zero() || result.is_zero()
                 ? BigInt()
                 : mul(floor_div(result, gcd(result, value), native_pause), value, native_pause);
  }
  return make_int(std::move(result));
}

// first * (first + 1) * ... * last: halves are multiplied, so that the factors stay alike in size.
BigInt product(std::int64_t first, std::int64_t last) {
  if (first > last) return BigInt(1);
  if (last - first < 8) {
    native_pause();
    BigInt result(first);
    for (std::int64_t i = first + 1; i <= last; ++i) result = mul(result, BigInt(i));
    return result;
  }
  const std::int64_t middle = first + (last - first) / 2;
  return mul(product(first, middle), product(middle + 1, last), native_pause);
}

Ref<> factorial_of(Object* object) {
  const BigInt value = integer_arg(object);
  if (value.sign() < 0) {
    raise(X::ValueError, "factorial() not defined for negative values");
  }
  if (!value.fits_int64()) {
    raise(X::OverflowError, "factorial() argument should not exceed 9223372036854775807");
  }
  return make_int(product(1, value.to_int64()));
}

Result math_factorial(Args args) { return factorial_of(args[0]); }

// n and k of comb() and perm(), refused where they are negative.
struct Choice {
  BigInt n;
  BigInt k;
};

Choice choice_args(Object* n, Object* k) {
  Choice choice{integer_arg(n), integer_arg(k)};
  if (choice.n.sign() < 0) raise(X::ValueError, "n must be a non-negative integer");
  if (choice.k.sign() < 0) raise(X::ValueError, "k must be a non-negative integer");
  return choice;
}

// The number of steps, once it is known to be no more than n.
std::int64_t steps_of(const BigInt& k, const char* name) {
  if (k.fits_int64()) return k.to_int64();
  raise(X::OverflowError, name, " must not exceed 9223372036854775807");
}

Result math_comb(Args args) {
  Choice choice = choice_args(args[0], args[1]);
  if (compare(choice.k, choice.n) > 0) return make_int(0);
  BigInt mirrored = sub(choice.n, choice.k);
  if (compare(mirrored, choice.k) < 0) choice.k = std::move(mirrored);
  const std::int64_t k = steps_of(choice.k, "min(n - k, k)");
  // After step i the result is comb(n, i): each division leaves no rest.
  BigInt result(1);
  for (std::int64_t i = 1; i <= k; ++i) {
    native_pause();
    result = mul(result, sub(choice.n, BigInt(i - 1)));
    result = floor_div(result, BigInt(i));
  }
  return make_int(std::move(result));
}

Result math_perm(Args args) {
  if (args.count == 1 || is_none(args[1])) return factorial_of(args[0]);
  const Choice choice = choice_args(args[0], args[1]);
  if (compare(choice.k, choice.n) > 0) return make_int(0);
  const std::int64_t k = steps_of(choice.k, "k");
  BigInt result(1);
  for (std::int64_t i = 0; i < k; ++i) {
    native_pause();
    result = mul(result, sub(choice.n, BigInt(i)));
  }
  return make_int(std::move(result));
}

// ---- reals to integers ----

using ToInteger = Integer (*)(double);

Ref<> to_integer(Object* object, const char* special, ToInteger convert) {
  if (is_float(object)) return make_int(convert(float_value(object)));
  if (is_bool(object)) return make_int(int_value(object));
  if (is_integer(object)) return Ref<>::share(object);
  Str* name = intern(special);
  if (special_method(object, name)) return call_method(object, name, {});
  return {};
}

Result round_with(Args args, const char* special, ToInteger convert) {
  Ref<> result = to_integer(args[0], special, convert);
  return result ? result : make_int(convert(real_arg(args[0])));
}

Result math_floor(Args args) { return round_with(args, "__floor__", floor_to_integer); }
Result math_ceil(Args args) { return round_with(args, "__ceil__", ceil_to_integer); }

Result math_trunc(Args args) {
  if (Ref<> result = to_integer(args[0], "__trunc__", truncate_to_integer)) return result;
  return fail(X::TypeError, "type ", type_name(args[0]), " doesn't define __trunc__ method");
}

constexpr NativeMethod kMathIntegersFunctions[] = {
    {"isqrt", math_isqrt, exactly(1)}, {"gcd", math_gcd, at_least(0)},
    {"lcm", math_lcm, at_least(0)},    {"factorial", math_factorial, exactly(1)},
    {"comb", math_comb, exactly(2)},   {"perm", math_perm, between(1, 2)},
    {"floor", math_floor, exactly(1)}, {"ceil", math_ceil, exactly(1)},
    {"trunc", math_trunc, exactly(1)},
};

}  // namespace

std::span<const NativeMethod> math_integer_functions() { return kMathIntegersFunctions; }

GILBENCH_END
