// What BigInt's pointer points to; for big_int*.cpp alone, since it costs every includer seconds.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <utility>

#include "runtime/support/big_int.h"

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

}  // namespace gilbench
