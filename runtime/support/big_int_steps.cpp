// Arithmetic whose time grows faster than its numbers, cut into steps: a product or a quotient of
// numbers that just fit the memory takes hours, and who runs it must be able to end it.
//
// A step is what Boost does without interruption: a product of kStep pairs of 64-bit digits at the
// most. What is larger is cut into parts, by Karatsuba's method and by long division, whose digits
// are parts as well. Numbers of up to 65,536 bits know nothing of all this.
#include <algorithm>
#include <bit>

#include "runtime/support/big_int_impl.h"

namespace gilbench {

namespace {

// Pairs of digits: a quarter of a millisecond. Measured: products of numbers larger than that take
// Boost 1.74 five times as long as they do in parts of this size.
constexpr std::int64_t kStep = std::int64_t{1} << 20;

static_assert(sizeof(boost::multiprecision::limb_type) == 8);
std::int64_t digits(const cpp_int& value) {
  return static_cast<std::int64_t>(value.backend().size());
}

// No number has more than 2**26 digits, so no product of two counts leaves 64 bits.
bool is_one_step(const cpp_int& a, const cpp_int& b) { return digits(a) * digits(b) <= kStep; }

cpp_int low_bits(const cpp_int& value, std::int64_t count) {
  return value & ((cpp_int(1) << count) - 1);
}

// Of numbers >= 0.
cpp_int product(const cpp_int& a, const cpp_int& b, Pause pause) {
  if (is_one_step(a, b)) {
    if (pause != nullptr) pause();
    return a * b;
  }
  if (digits(a) < digits(b)) return product(b, a, pause);
  const std::int64_t half = digits(a) / 2 * 64;
  const cpp_int a_high = a >> half;
  const cpp_int a_low = low_bits(a, half);
  if (magnitude_bits(b) <= half) {
    return (product(a_high, b, pause) << half) + product(a_low, b, pause);
  }
  // (ah X + al)(bh X + bl) with three products: the middle one is (ah + al)(bh + bl) less the
  // others.
  const cpp_int b_high = b >> half;
  const cpp_int b_low = low_bits(b, half);
  const cpp_int high = product(a_high, b_high, pause);
  const cpp_int low = product(a_low, b_low, pause);
  cpp_int middle = product(a_high + a_low, b_high + b_low, pause);
  middle -= high;
  middle -= low;
  return (high << (2 * half)) + (middle << half) + low;
}

}  // namespace

cpp_int multiply(const cpp_int& a, const cpp_int& b, Pause pause) {
  if (is_one_step(a, b)) return a * b;
  check_size((digits(a) + digits(b) - 2) * 64);
  cpp_int result = product(boost::multiprecision::abs(a), boost::multiprecision::abs(b), pause);
  if ((a < 0) != (b < 0)) result = -result;
  return result;
}

void divide(const cpp_int& a, const cpp_int& b, Pause pause, cpp_int* quotient,
            cpp_int* remainder) {
  const std::int64_t quotient_digits = std::max<std::int64_t>(1, digits(a) - digits(b) + 1);
  if (quotient_digits * digits(b) <= kStep) return divide_qr(a, b, *quotient, *remainder);
  const cpp_int dividend = boost::multiprecision::abs(a);
  const cpp_int divisor = boost::multiprecision::abs(b);
  // Long division by digits of `width` bits; at least as wide as keeps what is copied for each
  // digit below what is computed for it.
  const std::int64_t width = 64 * std::max<std::int64_t>(16, kStep / digits(b));
  std::int64_t position = magnitude_bits(dividend) / width * width;
  *remainder = dividend >> position;
  *quotient = 0;
  cpp_int digit;
  cpp_int rest;
  for (;;) {
    divide_qr(*remainder, divisor, digit, rest);
    *quotient = (*quotient << width) + digit;
    if (position == 0) break;
    if (pause != nullptr) pause();
    position -= width;
    *remainder = (rest << width) + low_bits(dividend >> position, width);
  }
  *remainder = std::move(rest);
  if ((a < 0) != (b < 0)) *quotient = -*quotient;
  if (a < 0) *remainder = -*remainder;
}

cpp_int power(const cpp_int& base, std::uint64_t exponent, Pause pause) {
  if (exponent == 0) return 1;
  // From the exponent's highest bit on: the factor of every second product stays small.
  cpp_int result = base;
  for (int bit = static_cast<int>(std::bit_width(exponent)) - 2; bit >= 0; --bit) {
    result = multiply(result, result, pause);
    if (((exponent >> bit) & 1) != 0) result = multiply(result, base, pause);
  }
  return result;
}

cpp_int power_modulo(const cpp_int& base, const cpp_int& exponent, const cpp_int& modulus,
                     Pause pause) {
  const std::int64_t bits = magnitude_bits(exponent);
  // Some tens of milliseconds, which Boost may have in one piece: cryptography asks for no more.
  constexpr std::int64_t kSteps = 64;
  if (is_one_step(modulus, modulus) && digits(modulus) * digits(modulus) * bits <= kSteps * kStep) {
    return powm(base, exponent, modulus);
  }
  cpp_int result = 1;
  cpp_int quotient;
  const auto times = [&](const cpp_int& factor) {
    const cpp_int wide = multiply(result, factor, pause);
    divide(wide, modulus, pause, &quotient, &result);
    if (pause != nullptr) pause();
  };
  for (std::int64_t bit = bits - 1; bit >= 0; --bit) {
    times(cpp_int(result));
    if (bit_test(exponent, static_cast<unsigned>(bit))) times(base);
  }
  return result;
}

// CPython's (Modules/mathmodule.c, _approximate_isqrt): Newton's method, whose precision doubles
// with each step. Before each, `root` is within 1 of the square root of the value's highest bits.
cpp_int square_root(const cpp_int& value, Pause pause) {
  if (is_one_step(value, value)) return boost::multiprecision::sqrt(value);
  const std::int64_t half = (magnitude_bits(value) - 1) / 2;
  cpp_int root = 1;
  cpp_int quotient;
  cpp_int remainder;
  std::int64_t precision = 0;
  for (int shift = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(half))) - 1;
       shift >= 0; --shift) {
    const std::int64_t before = precision;
    precision = half >> shift;
    divide(value >> (2 * half - before - precision + 1), root, pause, &quotient, &remainder);
    root = (root << (precision - before - 1)) + quotient;
  }
  if (multiply(root, root, pause) > value) root -= 1;
  return root;
}

}  // namespace gilbench
