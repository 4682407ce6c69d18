// The module math: functions of one or two reals, by the C library, with CPython's errors.
#include <cmath>
#include <limits>
#include <numbers>

#include "runtime/modules/math_parts.h"
#include "runtime/support/big_int.h"

GILBENCH_BEGIN

void raise_domain_error() { raise(X::ValueError, "math domain error"); }
void raise_range_error() { raise(X::OverflowError, "math range error"); }

namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

// What an infinite result of a finite argument means.
enum class Infinite { kPole, kOverflow };

Result of_one(Args args, double (*function)(double), Infinite infinite) {
  const double x = real_arg(args[0]);
  const double result = function(x);
  if (std::isnan(result) && !std::isnan(x)) raise_domain_error();
  if (std::isinf(result) && std::isfinite(x)) {
    infinite == Infinite::kOverflow ? raise_range_error() : raise_domain_error();
  }
  return make_float(result);
}

double gamma_of(double x) {
  if (x == -kInfinity || (x <= 0 && x == std::floor(x))) raise_domain_error();
  return std::tgamma(x);
}

double log_gamma_of(double x) {
  if (std::isfinite(x) && x <= 0 && x == std::floor(x)) raise_domain_error();
  int sign = 0;
  return std::isinf(x) ? kInfinity : lgamma_r(x, &sign);  // lgamma() writes a global variable
}

// ---- logarithms: of integers of any size too ----

using Logarithm = double (*)(double);

double log_of(Object* object, Logarithm logarithm) {
  if (object->kind() == Kind::kBigInt) {
    const BigInt value = to_big(object);
    if (value.sign() < 0) raise_domain_error();
    const std::int64_t bits = value.bit_length();
    if (bits > std::numeric_limits<double>::max_exponent - 1) {
      // value = mantissa * 2 ** bits, as frexp() would have it; what is cut off is far below the
      // last bit of a double.
      constexpr int kKeptBits = 1000;
      const double mantissa =
          std::ldexp(shift_right(value, bits - kKeptBits).to_double(), -kKeptBits);
      return logarithm(mantissa) + logarithm(2.0) * static_cast<double>(bits);
    }
  }
  const double x = real_arg(object);
  if (std::isnan(x)) return x;
  if (x <= 0) raise_domain_error();
  return logarithm(x);
}

Result math_log(Args args) {
  const double numerator = log_of(args[0], std::log);
  if (args.count == 1) return make_float(numerator);
  const double denominator = log_of(args[1], std::log);
  if (denominator == 0) return fail(X::ZeroDivisionError, "float division by zero");
  return make_float(numerator / denominator);
}

Result log_in_base(Args args, Logarithm logarithm) {
  return make_float(log_of(args[0], logarithm));
}

// ---- functions of two reals ----

Result of_two(Args args, double (*function)(double, double)) {
  const double x = real_arg(args[0]);
  const double y = real_arg(args[1]);
  const double result = function(x, y);
  if (std::isnan(result) && !std::isnan(x) && !std::isnan(y)) raise_domain_error();
  if (std::isinf(result) && std::isfinite(x) && std::isfinite(y)) raise_range_error();
  return make_float(result);
}

double power(double x, double y) {
  if (x == 0 && y < 0 && std::isfinite(y)) raise_domain_error();
  return std::pow(x, y);
}

Result math_nextafter(Args args) {
  return make_float(std::nextafter(real_arg(args[0]), real_arg(args[1])));
}

Result math_ulp(Args args) {
  const double x = std::fabs(real_arg(args[0]));
  if (!std::isfinite(x)) return make_float(x);
  const double up = std::nextafter(x, kInfinity);
  return make_float(std::isinf(up) ? x - std::nextafter(x, -kInfinity) : up - x);
}

Result math_ldexp(Args args) {
  const double x = real_arg(args[0]);
  if (!is_integer(args[1])) {
    return fail(X::TypeError, "Expected an int as second argument to ldexp.");
  }
  if (x == 0 || !std::isfinite(x)) return make_float(x);
  // Beyond this, every double has left its range.
  constexpr std::int64_t kFar = 5000;
  const std::optional<std::int64_t> small = small_int(args[1]);
  const std::int64_t exponent = small ? *small : to_big(args[1]).sign() * kFar;
  const double result = std::ldexp(x, static_cast<int>(std::min(std::max(exponent, -kFar), kFar)));
  if (std::isinf(result)) raise_range_error();
  return make_float(result);
}

// ---- results of two parts ----

Result math_frexp(Args args) {
  const double x = real_arg(args[0]);
  int exponent = 0;
  const double mantissa = std::isfinite(x) ? std::frexp(x, &exponent) : x;
  Ref<> first = make_float(mantissa);
  Ref<> second = make_int(exponent);
  return make_tuple({first.get(), second.get()});
}

Result math_modf(Args args) {
  double whole = 0;
  const double fraction = std::modf(real_arg(args[0]), &whole);
  Ref<> first = make_float(fraction);
  Ref<> second = make_float(whole);
  return make_tuple({first.get(), second.get()});
}

Result ask(Args args, bool (*question)(double)) { return make_bool(question(real_arg(args[0]))); }

#define METHOD(name, takes, ...)                                 \
  {                                                              \
    name, [](Args args) -> Result { return __VA_ARGS__; }, takes \
  }
#define ONE(name, function, infinite) \
  METHOD(#name, exactly(1), of_one(args, function, Infinite::infinite))

constexpr NativeMethod kMathFunctions[] = {
    ONE(sqrt, std::sqrt, kPole),
    ONE(sin, std::sin, kPole),
    ONE(cos, std::cos, kPole),
    ONE(tan, std::tan, kPole),
    ONE(asin, std::asin, kPole),
    ONE(acos, std::acos, kPole),
    ONE(atan, std::atan, kPole),
    ONE(sinh, std::sinh, kOverflow),
    ONE(cosh, std::cosh, kOverflow),
    ONE(tanh, std::tanh, kPole),
    ONE(asinh, std::asinh, kPole),
    ONE(acosh, std::acosh, kPole),
    ONE(atanh, std::atanh, kPole),
    ONE(exp, std::exp, kOverflow),
    ONE(exp2, std::exp2, kOverflow),
    ONE(expm1, std::expm1, kOverflow),
    ONE(log1p, std::log1p, kPole),
    ONE(cbrt, std::cbrt, kPole),
    ONE(fabs, std::fabs, kPole),
    ONE(erf, std::erf, kPole),
    ONE(erfc, std::erfc, kPole),
    ONE(gamma, gamma_of, kOverflow),
    ONE(lgamma, log_gamma_of, kOverflow),
    ONE(
        degrees, [](double x) { return x * (180.0 / std::numbers::pi); }, kOverflow),
    ONE(
        radians, [](double x) { return x * (std::numbers::pi / 180.0); }, kPole),
    {"log", math_log, between(1, 2).called("log").or_says("math.log requires 1 to 2 arguments")},
    METHOD("log2", exactly(1), log_in_base(args, std::log2)),
    METHOD("log10", exactly(1), log_in_base(args, std::log10)),
    METHOD("pow", exactly(2), of_two(args, power)),
    METHOD("fmod", exactly(2), of_two(args, std::fmod)),
    METHOD("remainder", exactly(2), of_two(args, std::remainder)),
    METHOD("atan2", exactly(2), of_two(args, std::atan2)),
    METHOD("copysign", exactly(2), of_two(args, std::copysign)),
    {"nextafter", math_nextafter, exactly(2)},
    {"ulp", math_ulp, exactly(1)},
    {"ldexp", math_ldexp, exactly(2)},
    {"frexp", math_frexp, exactly(1)},
    {"modf", math_modf, exactly(1)},
    METHOD("isnan", exactly(1), ask(args, [](double x) { return std::isnan(x); })),
    METHOD("isinf", exactly(1), ask(args, [](double x) { return std::isinf(x); })),
    METHOD("isfinite", exactly(1), ask(args, [](double x) { return std::isfinite(x); })),
};

#undef ONE
#undef METHOD

}  // namespace

Ref<Module> make_math_module() {
  Ref<Module> module = make_module("math");
  for (const auto group : {std::span<const NativeMethod>(kMathFunctions), math_integer_functions(),
                           math_sum_functions()}) {
    module_add(module.get(), group);
  }
  module_add(module.get(), "pi", make_float(std::numbers::pi));
  module_add(module.get(), "e", make_float(std::numbers::e));
  module_add(module.get(), "tau", make_float(2 * std::numbers::pi));
  module_add(module.get(), "inf", make_float(kInfinity));
  module_add(module.get(), "nan", make_float(kNan));
  return module;
}

GILBENCH_END
