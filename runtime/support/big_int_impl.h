// What BigInt's pointer points to; for big_int*.cpp alone, since it costs every includer seconds.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <utility>

#include "runtime/support/big_int.h"
#include "runtime/support/error.h"

namespace gilbench {

using boost::multiprecision::cpp_int;

struct BigInt::Impl {
  cpp_int value;
};

inline const cpp_int& value_of(const BigInt& integer) { return integer.impl().value; }

inline BigInt make_big(cpp_int&& value) {
  BigInt result;
  result.impl().value = std::move(value);
  return result;
}

inline std::int64_t magnitude_bits(const cpp_int& value) {
  if (value.is_zero()) return 0;
  return static_cast<std::int64_t>(msb(boost::multiprecision::abs(value))) + 1;
}

// Half a gigabyte: no program here has a use for a larger number, and up to it every exponent and
// every shift fits what Boost takes, 32 bits.
inline constexpr std::int64_t kMaxBits = (std::int64_t{1} << 32) - 1;
inline void check_size(std::int64_t bits) {
  if (bits > kMaxBits) throw_error(ErrorKind::kMemoryError, "");
}

// big_int_steps.cpp: in steps, with a pause between them.
cpp_int multiply(const cpp_int& a, const cpp_int& b, Pause pause);
// Towards zero, as cpp_int's own.
void divide(const cpp_int& a, const cpp_int& b, Pause pause, cpp_int* quotient, cpp_int* remainder);
// Requires base and modulus > 0, exponent >= 0.
cpp_int power(const cpp_int& base, std::uint64_t exponent, Pause pause);
cpp_int power_modulo(const cpp_int& base, const cpp_int& exponent, const cpp_int& modulus,
                     Pause pause);
cpp_int square_root(const cpp_int& value, Pause pause);  // rounded down; requires value >= 0

}  // namespace gilbench
