// BigInt's arithmetic; big_int.cpp has its making, comparing and printing.
#include <bit>
#include <cmath>
#include <limits>

#include "runtime/support/big_int_impl.h"
#include "runtime/support/error.h"

namespace gilbench {

namespace {

void check_divisor(const BigInt& divisor, const char* message) {
  if (divisor.is_zero()) throw_error(ErrorKind::kZeroDivisionError, message);
}

// cpp_int divides towards zero; Python towards minus infinity.
void floor_div_mod(const cpp_int& a, const cpp_int& b, Pause pause, cpp_int* quotient,
                   cpp_int* remainder) {
  divide(a, b, pause, quotient, remainder);
  if (!remainder->is_zero() && (*remainder < 0) != (b < 0)) {
    *quotient -= 1;
    *remainder += b;
  }
}

// bits * 2**exponent to the nearest double, where the lowest bit also stands for all that was cut
// off below it. Rounds once, in the subnormal range too.
double scale(std::uint64_t bits, std::int64_t exponent) {
  constexpr int kSmallestExponent = -1074;
  const int width = static_cast<int>(std::bit_width(bits));
  if (width + exponent > -1021) {
    if (width + exponent > 1100) return std::numeric_limits<double>::infinity();
    return std::ldexp(static_cast<double>(bits), static_cast<int>(exponent));
  }
  const std::int64_t dropped = kSmallestExponent - exponent;
  if (dropped <= 0) return std::ldexp(static_cast<double>(bits), static_cast<int>(exponent));
  if (dropped > width) return 0;
  const std::uint64_t half = std::uint64_t{1} << (dropped - 1);
  const std::uint64_t rest = bits & (half | (half - 1));
  std::uint64_t kept = dropped == 64 ? 0 : bits >> dropped;
  if (rest > half || (rest == half && (kept & 1) != 0)) ++kept;
  return std::ldexp(static_cast<double>(kept), kSmallestExponent);
}

// The inverse of `value` modulo `modulus` (> 0), by Euclid's extended algorithm.
cpp_int inverse(const cpp_int& value, const cpp_int& modulus, Pause pause) {
  cpp_int quotient;
  cpp_int remainder;
  floor_div_mod(value, modulus, pause, &quotient, &remainder);
  cpp_int old_rest = remainder;
  cpp_int rest = modulus;
  cpp_int old_factor = 1;
  cpp_int factor = 0;
  while (!rest.is_zero()) {
    if (pause != nullptr) pause();
    quotient = old_rest / rest;
    cpp_int next = old_rest - quotient * rest;
    old_rest = std::move(rest);
    rest = std::move(next);
    next = old_factor - quotient * factor;
    old_factor = std::move(factor);
    factor = std::move(next);
  }
  if (old_rest != 1) {
    throw_error(ErrorKind::kValueError, "base is not invertible for the given modulus");
  }
  return old_factor < 0 ? cpp_int(old_factor + modulus) : old_factor;
}

}  // namespace

BigInt add(const BigInt& a, const BigInt& b) { return make_big(value_of(a) + value_of(b)); }
BigInt sub(const BigInt& a, const BigInt& b) { return make_big(value_of(a) - value_of(b)); }
BigInt mul(const BigInt& a, const BigInt& b, Pause pause) {
  return make_big(multiply(value_of(a), value_of(b), pause));
}

BigInt floor_div(const BigInt& a, const BigInt& b, Pause pause) {
  check_divisor(b, "integer division or modulo by zero");
  cpp_int quotient;
  cpp_int remainder;
  floor_div_mod(value_of(a), value_of(b), pause, &quotient, &remainder);
  return make_big(std::move(quotient));
}

BigInt floor_mod(const BigInt& a, const BigInt& b, Pause pause) {
  check_divisor(b, "integer modulo by zero");
  cpp_int quotient;
  cpp_int remainder;
  floor_div_mod(value_of(a), value_of(b), pause, &quotient, &remainder);
  return make_big(std::move(remainder));
}

double true_divide(const BigInt& a, const BigInt& b) {
  check_divisor(b, "division by zero");
  if (a.is_zero()) return b.sign() < 0 ? -0.0 : 0.0;
  const bool negative = (a.sign() < 0) != (b.sign() < 0);
  const cpp_int dividend = boost::multiprecision::abs(value_of(a));
  const cpp_int divisor = boost::multiprecision::abs(value_of(b));
  // Scaled so that the quotient has 63 or 64 bits: more than a double keeps, and what is left of
  // the division makes the last bit odd.
  const std::int64_t shift = 63 - (magnitude_bits(dividend) - magnitude_bits(divisor));
  cpp_int quotient;
  cpp_int remainder;
  if (shift >= 0) {
    divide_qr(cpp_int(dividend << shift), divisor, quotient, remainder);
  } else {
    divide_qr(dividend, cpp_int(divisor << -shift), quotient, remainder);
  }
  auto bits = static_cast<std::uint64_t>(quotient);
  if (!remainder.is_zero()) bits |= 1;
  const double result = scale(bits, -shift);
  if (std::isinf(result)) {
    throw_error(ErrorKind::kOverflowError, "integer division result too large for a float");
  }
  return negative ? -result : result;
}

BigInt pow(const BigInt& base, std::int64_t exponent, Pause pause) {
  const std::int64_t bits = base.bit_length();
  // The powers of 0, 1 and -1 stay small whatever the exponent.
  if (bits <= 1) {
    if (exponent == 0) return BigInt(1);
    return base.sign() < 0 && exponent % 2 == 0 ? BigInt(1) : base;
  }
  if (exponent > kMaxBits) check_size(exponent);
  check_size((bits - 1) * exponent);
  return make_big(power(value_of(base), static_cast<std::uint64_t>(exponent), pause));
}

BigInt pow_mod(const BigInt& base, const BigInt& exponent, const BigInt& modulus, Pause pause) {
  if (modulus.is_zero()) throw_error(ErrorKind::kValueError, "pow() 3rd argument cannot be 0");
  const cpp_int size = boost::multiprecision::abs(value_of(modulus));
  cpp_int times = value_of(exponent);
  cpp_int quotient;
  cpp_int start;
  if (times < 0) {
    start = inverse(value_of(base), size, pause);
    times = -times;
  } else {
    floor_div_mod(value_of(base), size, pause, &quotient, &start);
  }
  cpp_int result = size == 1 ? cpp_int(0) : power_modulo(start, times, size, pause);
  if (modulus.sign() < 0 && !result.is_zero()) result -= size;
  return make_big(std::move(result));
}

BigInt shift_left(const BigInt& a, std::int64_t count) {
  if (count < 0) throw_error(ErrorKind::kValueError, "negative shift count");
  if (a.is_zero()) return a;
  if (count > kMaxBits) check_size(count);
  check_size(a.bit_length() + count);
  return make_big(value_of(a) << count);
}

BigInt shift_right(const BigInt& a, std::int64_t count) {
  if (count < 0) throw_error(ErrorKind::kValueError, "negative shift count");
  const cpp_int& value = value_of(a);
  if (count >= magnitude_bits(value)) return BigInt(value < 0 ? -1 : 0);
  // Not by ~: for -2**100 that of Boost 1.74 forgets the borrow.
  if (value < 0) return make_big(-(cpp_int(-value - 1) >> count) - 1);
  return make_big(value >> count);
}

BigInt bit_and(const BigInt& a, const BigInt& b) { return make_big(value_of(a) & value_of(b)); }
BigInt bit_or(const BigInt& a, const BigInt& b) { return make_big(value_of(a) | value_of(b)); }
BigInt bit_xor(const BigInt& a, const BigInt& b) { return make_big(value_of(a) ^ value_of(b)); }
BigInt bit_not(const BigInt& a) { return make_big(-value_of(a) - 1); }
BigInt negate(const BigInt& a) { return make_big(-value_of(a)); }
BigInt abs(const BigInt& a) { return make_big(boost::multiprecision::abs(value_of(a))); }

BigInt gcd(const BigInt& a, const BigInt& b) {
  return make_big(boost::multiprecision::gcd(value_of(a), value_of(b)));
}

BigInt isqrt(const BigInt& a, Pause pause) {
  if (a.sign() < 0) {
    throw_error(ErrorKind::kValueError, "isqrt() argument must be nonnegative");
  }
  return make_big(square_root(value_of(a), pause));
}

BigInt big_add(std::int64_t a, std::int64_t b) { return make_big(cpp_int(a) + b); }
BigInt big_sub(std::int64_t a, std::int64_t b) { return make_big(cpp_int(a) - b); }
BigInt big_mul(std::int64_t a, std::int64_t b) { return make_big(cpp_int(a) * b); }

}  // namespace gilbench
