// Arithmetic of int64 and double as Python defines it: the interpreter's fast paths inline these.
#pragma once

#include <bit>
#include <cmath>
#include <compare>
#include <cstdint>
#include <limits>

#include "runtime/support/error.h"

namespace gilbench {

// True when the result does not fit; then *out is not to be used.
inline bool add_overflow(std::int64_t a, std::int64_t b, std::int64_t* out) {
  return __builtin_add_overflow(a, b, out);
}
inline bool sub_overflow(std::int64_t a, std::int64_t b, std::int64_t* out) {
  return __builtin_sub_overflow(a, b, out);
}
inline bool mul_overflow(std::int64_t a, std::int64_t b, std::int64_t* out) {
  return __builtin_mul_overflow(a, b, out);
}
inline bool negate_overflow(std::int64_t a, std::int64_t* out) {
  return __builtin_sub_overflow(std::int64_t{0}, a, out);
}
// Requires count >= 0.
inline bool shift_left_overflow(std::int64_t a, std::int64_t count, std::int64_t* out) {
  if (a == 0) {
    *out = 0;
    return false;
  }
  if (count >= 64) return true;
  *out = static_cast<std::int64_t>(static_cast<std::uint64_t>(a) << count);
  return (*out >> count) != a;
}
// Requires count >= 0; rounds towards minus infinity.
inline std::int64_t shift_right(std::int64_t a, std::int64_t count) {
  return a >> (count > 63 ? 63 : count);
}

// Both require b != 0, and not (INT64_MIN, -1): the one quotient that does not fit.
inline std::int64_t floor_div(std::int64_t a, std::int64_t b) {
  const std::int64_t quotient = a / b;
  return quotient - ((a % b != 0) & ((a ^ b) < 0));
}
inline std::int64_t floor_mod(std::int64_t a, std::int64_t b) {
  const std::int64_t remainder = a % b;
  return remainder + (b & -static_cast<std::int64_t>((remainder != 0) & ((remainder ^ b) < 0)));
}
inline bool floor_div_overflows(std::int64_t a, std::int64_t b) {
  return b == -1 && a == std::numeric_limits<std::int64_t>::min();
}

// base ** exponent for exponent >= 0; false when it does not fit.
bool int_pow(std::int64_t base, std::int64_t exponent, std::int64_t* out);

// a / b, correctly rounded also where an operand is no exact double. Requires b != 0.
double int_true_divide_slow(std::int64_t a, std::int64_t b);
inline double int_true_divide(std::int64_t a, std::int64_t b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (a <= kExact && a >= -kExact && b <= kExact && b >= -kExact) [[likely]] {
    return static_cast<double>(a) / static_cast<double>(b);
  }
  return int_true_divide_slow(a, b);
}

// Exact: no rounding of the integer. Unordered for NaN.
std::partial_ordering compare_slow(std::int64_t a, double b);
inline std::partial_ordering compare(std::int64_t a, double b) {
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (a <= kExact && a >= -kExact) [[likely]] {
    return static_cast<double>(a) <=> b;
  }
  return compare_slow(a, b);
}

// The bits of the magnitude: 0 for 0.
inline int bit_length(std::int64_t a) {
  const std::uint64_t bits = static_cast<std::uint64_t>(a);
  return static_cast<int>(std::bit_width(a < 0 ? 0 - bits : bits));
}
inline int bit_count(std::int64_t a) {
  const std::uint64_t bits = static_cast<std::uint64_t>(a);
  return std::popcount(a < 0 ? 0 - bits : bits);
}

std::int64_t isqrt(std::int64_t a);                 // ValueError for negative values
std::uint64_t gcd(std::int64_t a, std::int64_t b);  // 2**63 is possible: unsigned

// What CPython says of a division by zero, per operator.
inline constexpr const char* kIntTrueDivideByZero = "division by zero";
inline constexpr const char* kIntFloorDivByZero = "integer division or modulo by zero";
inline constexpr const char* kIntModByZero = "integer modulo by zero";
inline constexpr const char* kFloatTrueDivideByZero = "float division by zero";
inline constexpr const char* kFloatFloorDivByZero = "float floor division by zero";
inline constexpr const char* kFloatModByZero = "float modulo";
[[noreturn]] void throw_zero_division(const char* text);

// These throw for b == 0.
double float_floor_div(double a, double b);
double float_mod(double a, double b);
inline double float_true_divide(double a, double b) {
  if (b == 0) [[unlikely]]
    throw_zero_division(kFloatTrueDivideByZero);
  return a / b;
}
// a ** b. ZeroDivisionError for 0.0 ** negative, OverflowError for a finite power out of range, and
// ValueError where the answer would be complex, which this runtime has no type for.
double float_pow(double a, double b);

}  // namespace gilbench
