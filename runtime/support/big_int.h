// Integers of any size with Python's semantics, for values that outgrow 64 bits.
//
// A value type over boost::multiprecision::cpp_int, which stays behind the pointer: no includer
// pays for compiling it. Nothing here keeps results canonical: after an operation ask fits_int64()
// and go back to the small form. A moved-from BigInt may only be assigned to or destroyed.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace gilbench {

class BigInt {
 public:
  struct Impl;

  BigInt();  // zero
  explicit BigInt(std::int64_t value);
  BigInt(const BigInt& other);
  BigInt(BigInt&& other) noexcept;
  BigInt& operator=(const BigInt& other);
  BigInt& operator=(BigInt&& other) noexcept;
  ~BigInt();

  static BigInt from_uint64(std::uint64_t value);
  // Truncates towards zero. OverflowError for infinities, ValueError for NaN.
  static BigInt from_double(double value);
  // Digits with an optional sign, nothing else; the caller has checked them (see parse_int()).
  // Linear in the digits where the base is a power of two, quadratic otherwise.
  static BigInt from_digits(std::string_view digits, int base = 10);
  // As a program's tree and its constants have it (program.h, BigConstant).
  static BigInt from_literal(std::string_view text);
  // Two's complement (signed) or magnitude, most significant byte first.
  static BigInt from_bytes(std::string_view big_endian, bool is_signed);

  bool fits_int64() const;
  std::int64_t to_int64() const;  // requires fits_int64()
  // Rounded half to even. OverflowError "int too large to convert to float".
  double to_double() const;
  // Base 2 to 36, digits in lower case, no prefix, '-' in front where negative. ValueError where
  // CPython's limit on digits applies (bases that are not powers of two).
  std::string to_string(int base = 10) const;
  // Most significant byte first; OverflowError where the value does not fit `length` bytes.
  std::string to_bytes(std::int64_t length, bool is_signed) const;

  bool is_zero() const;
  int sign() const;  // -1, 0, 1
  bool is_odd() const;
  std::int64_t bit_length() const;
  std::int64_t hash() const;  // as CPython's: equal to the hash of an equal int64 or double
  std::int64_t heap_bytes() const;

  const Impl& impl() const { return *impl_; }
  Impl& impl() { return *impl_; }

 private:
  std::unique_ptr<Impl> impl_;
};

// What may take minutes, with numbers that fit the memory, is done in steps of a millisecond or so;
// between them `pause` is called, which may end the operation by throwing. Null: nobody asks.
using Pause = void (*)();

BigInt add(const BigInt& a, const BigInt& b);
BigInt sub(const BigInt& a, const BigInt& b);
BigInt mul(const BigInt& a, const BigInt& b, Pause pause = nullptr);
// ZeroDivisionError; the sign of floor_mod is b's.
BigInt floor_div(const BigInt& a, const BigInt& b, Pause pause = nullptr);
BigInt floor_mod(const BigInt& a, const BigInt& b, Pause pause = nullptr);
double true_divide(const BigInt& a, const BigInt& b);  // correctly rounded; ZeroDivisionError
// Requires exponent >= 0.
BigInt pow(const BigInt& base, std::int64_t exponent, Pause pause = nullptr);
// As Python's three-argument pow: the sign is the modulus's, a negative exponent means the inverse.
BigInt pow_mod(const BigInt& base, const BigInt& exponent, const BigInt& modulus,
               Pause pause = nullptr);
BigInt shift_left(const BigInt& a, std::int64_t count);   // ValueError for count < 0
BigInt shift_right(const BigInt& a, std::int64_t count);  // rounds towards minus infinity
// As if of infinite width in two's complement.
BigInt bit_and(const BigInt& a, const BigInt& b);
BigInt bit_or(const BigInt& a, const BigInt& b);
BigInt bit_xor(const BigInt& a, const BigInt& b);
BigInt bit_not(const BigInt& a);
BigInt negate(const BigInt& a);
BigInt abs(const BigInt& a);
BigInt gcd(const BigInt& a, const BigInt& b);
BigInt isqrt(const BigInt& a, Pause pause = nullptr);  // ValueError for negative values

std::strong_ordering compare(const BigInt& a, const BigInt& b);
std::partial_ordering compare(const BigInt& a, double b);  // exact; unordered for NaN
bool operator==(const BigInt& a, const BigInt& b);

// Operations on int64 whose result may not fit it.
BigInt big_add(std::int64_t a, std::int64_t b);
BigInt big_sub(std::int64_t a, std::int64_t b);
BigInt big_mul(std::int64_t a, std::int64_t b);

}  // namespace gilbench
