// The slow paths, the operations that are too long to be inlined, and the errors.
#include "runtime/support/int_math.h"

#include <numeric>

#include "runtime/support/big_int.h"

namespace gilbench {

bool int_pow(std::int64_t base, std::int64_t exponent, std::int64_t* out) {
  std::int64_t result = 1;
  while (true) {
    if ((exponent & 1) != 0 && mul_overflow(result, base, &result)) return false;
    exponent >>= 1;
    if (exponent == 0) break;
    // Only now: the square that no bit asks for may overflow without harm.
    if (mul_overflow(base, base, &base)) return false;
  }
  *out = result;
  return true;
}

double int_true_divide_slow(std::int64_t a, std::int64_t b) {
  return true_divide(BigInt(a), BigInt(b));
}

std::partial_ordering compare_slow(std::int64_t a, double b) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (b >= kTwoTo63) return std::partial_ordering::less;
  if (b < -kTwoTo63) return std::partial_ordering::greater;
  const double whole = std::trunc(b);
  const auto integer = static_cast<std::int64_t>(whole);
  if (a != integer) return a <=> integer;
  return whole <=> b;
}

std::int64_t isqrt(std::int64_t a) {
  if (a < 0) throw_error(ErrorKind::kValueError, "isqrt() argument must be nonnegative");
  // The double is off by one at most, near perfect squares beyond 2**53.
  constexpr std::int64_t kMaxRoot = 3037000499;
  auto root = std::min(static_cast<std::int64_t>(std::sqrt(static_cast<double>(a))), kMaxRoot);
  while (root * root > a) --root;
  while (root < kMaxRoot && (root + 1) * (root + 1) <= a) ++root;
  return root;
}

std::uint64_t gcd(std::int64_t a, std::int64_t b) {
  const auto magnitude = [](std::int64_t value) {
    const auto bits = static_cast<std::uint64_t>(value);
    return value < 0 ? 0 - bits : bits;
  };
  return std::gcd(magnitude(a), magnitude(b));
}

void throw_zero_division(const char* text) { throw_error(ErrorKind::kZeroDivisionError, text); }

double float_mod(double a, double b) {
  if (b == 0) [[unlikely]]
    throw_zero_division(kFloatModByZero);
  const double remainder = std::fmod(a, b);
  if (remainder == 0) return std::copysign(0.0, b);
  return (b < 0) != (remainder < 0) ? remainder + b : remainder;
}

double float_floor_div(double a, double b) {
  if (b == 0) [[unlikely]]
    throw_zero_division(kFloatFloorDivByZero);
  const double remainder = std::fmod(a, b);
  // An integer but for rounding, since the remainder is taken away first.
  double quotient = (a - remainder) / b;
  if (remainder != 0 && (b < 0) != (remainder < 0)) quotient -= 1;
  if (quotient == 0) return std::copysign(0.0, a / b);
  const double floored = std::floor(quotient);
  return quotient - floored > 0.5 ? floored + 1 : floored;
}

double float_pow(double a, double b) {
  if (a == 0 && b < 0 && std::isfinite(b)) [[unlikely]] {
    throw_error(ErrorKind::kZeroDivisionError, "0.0 cannot be raised to a negative power");
  }
  if (a < 0 && std::isfinite(a) && std::isfinite(b) && b != std::floor(b)) [[unlikely]] {
    throw_error(ErrorKind::kValueError,
                "a negative number raised to a fraction is complex, which is not supported");
  }
  const double result = std::pow(a, b);
  if (std::isinf(result) && std::isfinite(a) && std::isfinite(b)) [[unlikely]] {
    throw_error(ErrorKind::kOverflowError, "(34, 'Numerical result out of range')");
  }
  return result;
}

}  // namespace gilbench
