// std::to_chars finds the shortest digits, and repr() puts them into Python's form. Rounding works
// on a number's exact decimal digits.
#include "runtime/support/float_text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>

#include "runtime/support/error.h"
#include "runtime/support/int_math.h"

namespace gilbench {

namespace {

// The longest output of std::to_chars here: 1.8e308 with the digits of the smallest double behind
// it.
constexpr std::size_t kFixedTextSize = 310 + 1 + 1100;

double parse_decimal(const char* first, const char* last) {
  double value = 0;
  std::from_chars(first, last, value);
  return value;
}

void check_finite(double value) {
  if (std::isnan(value)) {
    throw_error(ErrorKind::kValueError, "cannot convert float NaN to integer");
  }
  if (std::isinf(value)) {
    throw_error(ErrorKind::kOverflowError, "cannot convert float infinity to integer");
  }
}

Integer to_integer(double whole) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  if (whole >= -kTwoTo63 && whole < kTwoTo63) return static_cast<std::int64_t>(whole);
  return BigInt::from_double(whole);
}

// Rounds the magnitude of `value` to a multiple of 10**drop on its exact decimal digits.
double round_to_tens(double value, int drop) {
  const double magnitude = std::fabs(value);
  const double whole = std::trunc(magnitude);
  std::array<char, kFixedTextSize> text;
  char* first = text.data() + 1;
  text[0] = '0';  // room for a carry
  const auto end =
      std::to_chars(first, text.data() + text.size(), whole, std::chars_format::fixed, 0);
  const auto size = static_cast<int>(end.ptr - first);
  if (drop > size) return std::copysign(0.0, value);
  char* cut = end.ptr - drop;
  bool up = *cut > '5';
  if (*cut == '5') {
    bool above_half = whole != magnitude;
    for (const char* digit = cut + 1; digit < end.ptr; ++digit) above_half |= *digit != '0';
    up = above_half || ((cut[-1] - '0') & 1) != 0;
  }
  std::memset(cut, '0', static_cast<std::size_t>(drop));
  if (up) {
    char* digit = cut - 1;
    for (; *digit == '9'; --digit) *digit = '0';
    ++*digit;
  }
  double rounded = 0;
  const auto status = std::from_chars(text.data(), end.ptr, rounded);
  if (status.ec == std::errc::result_out_of_range) {
    throw_error(ErrorKind::kOverflowError, "rounded value too large to represent");
  }
  return std::copysign(rounded, value);
}

}  // namespace

int write_double(double value, char* out) {
  if (!std::isfinite(value)) {
    const std::string_view name = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
    std::memcpy(out, name.data(), name.size());
    return static_cast<int>(name.size());
  }
  char* cursor = out;
  if (std::signbit(value)) {
    *cursor++ = '-';
    value = -value;
  }
  // "d.ddde+XX": the digits, and where the point goes.
  std::array<char, kDoubleTextSize> scientific;
  const auto end = std::to_chars(scientific.data(), scientific.data() + scientific.size(), value,
                                 std::chars_format::scientific);
  const char* mark = end.ptr;
  while (*--mark != 'e') {
  }
  int exponent = 0;
  std::from_chars(mark[1] == '+' ? mark + 2 : mark + 1, end.ptr, exponent);
  const bool has_fraction = mark - scientific.data() > 1;
  const int digits = has_fraction ? static_cast<int>(mark - scientific.data()) - 1 : 1;
  const char* fraction = scientific.data() + 2;
  if (exponent < -4 || exponent >= 16) {
    const auto size = static_cast<std::size_t>(end.ptr - scientific.data());
    std::memcpy(cursor, scientific.data(), size);
    return static_cast<int>(cursor + size - out);
  }
  if (exponent < 0) {
    *cursor++ = '0';
    *cursor++ = '.';
    for (int i = exponent + 1; i < 0; ++i) *cursor++ = '0';
    *cursor++ = scientific[0];
    for (int i = 0; i < digits - 1; ++i) *cursor++ = fraction[i];
    return static_cast<int>(cursor - out);
  }
  *cursor++ = scientific[0];
  int used = 0;
  for (; used < exponent; ++used) *cursor++ = used < digits - 1 ? fraction[used] : '0';
  *cursor++ = '.';
  if (used >= digits - 1) *cursor++ = '0';
  for (; used < digits - 1; ++used) *cursor++ = fraction[used];
  return static_cast<int>(cursor - out);
}

std::string repr_double(double value) {
  std::array<char, kDoubleTextSize> text;
  return std::string(text.data(), static_cast<std::size_t>(write_double(value, text.data())));
}

std::string repr_int(std::int64_t value) {
  std::array<char, 24> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value);
  return std::string(text.data(), end.ptr);
}

double round_half_even(double value, std::int64_t ndigits) {
  // More digits than the smallest double has change nothing; more tens than the largest leave zero.
  constexpr std::int64_t kMostDigits = 323;
  constexpr std::int64_t kMostTens = 308;
  if (!std::isfinite(value) || ndigits > kMostDigits) return value;
  if (ndigits < -kMostTens) return std::copysign(0.0, value);
  if (ndigits < 0) return round_to_tens(value, static_cast<int>(-ndigits));
  // A double from 2**52 on has no fraction.
  if (std::fabs(value) >= 4503599627370496.0) return value;
  std::array<char, kFixedTextSize> text;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value,
                                 std::chars_format::fixed, static_cast<int>(ndigits));
  const double rounded = parse_decimal(text.data(), end.ptr);
  return std::copysign(rounded, value);
}

Integer round_to_integer(double value) {
  check_finite(value);
  double rounded = std::round(value);
  if (std::fabs(value - rounded) == 0.5) rounded = 2.0 * std::round(value / 2.0);
  return to_integer(rounded);
}

Integer truncate_to_integer(double value) {
  check_finite(value);
  return to_integer(std::trunc(value));
}
Integer floor_to_integer(double value) {
  check_finite(value);
  return to_integer(std::floor(value));
}
Integer ceil_to_integer(double value) {
  check_finite(value);
  return to_integer(std::ceil(value));
}

Integer round_int_half_even(std::int64_t value, std::int64_t ndigits) {
  if (ndigits >= 0) return value;
  if (ndigits < -19) return std::int64_t{0};
  // In 128 bits nothing overflows: 10**19 is the largest unit, and the answer at most 10**19.
  __int128 unit = 1;
  for (std::int64_t i = ndigits; i < 0; ++i) unit *= 10;
  const bool negative = value < 0;
  const __int128 magnitude = negative ? -static_cast<__int128>(value) : value;
  __int128 quotient = magnitude / unit;
  const __int128 twice = 2 * (magnitude % unit);
  if (twice > unit || (twice == unit && (quotient & 1) != 0)) ++quotient;
  const __int128 rounded = quotient * unit;
  if (rounded <= std::numeric_limits<std::int64_t>::max()) {
    return static_cast<std::int64_t>(negative ? -rounded : rounded);
  }
  // Between 2**63 and 10**19: as an unsigned number it still fits.
  const BigInt big = BigInt::from_uint64(static_cast<std::uint64_t>(rounded));
  return negative ? negate(big) : big;
}

}  // namespace gilbench
