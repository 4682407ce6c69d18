// The module math, in three files: functions of reals, of integers, and of many numbers.
#pragma once

#include <span>

#include "runtime/objects/native.h"

GILBENCH_BEGIN

std::span<const NativeMethod> math_integer_functions();  // gcd, factorial, floor, ...
std::span<const NativeMethod> math_sum_functions();      // fsum, prod, hypot, dist, ...

// A real argument.
inline double real_arg(Object* object) {
  return is_float(object) ? float_value(object) : to_double(object);
}

[[noreturn]] void raise_domain_error();  // ValueError "math domain error"
[[noreturn]] void raise_range_error();   // OverflowError "math range error"

GILBENCH_END
