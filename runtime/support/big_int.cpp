// Text in bases that are powers of two is converted bit by bit, in linear time; in other bases by
// as many digits at a time as a 64-bit word holds.
#include "runtime/support/big_int.h"

#include <cmath>
#include <iterator>
#include <limits>
#include <vector>

#include "runtime/support/big_int_impl.h"
#include "runtime/support/error.h"
#include "runtime/support/hash.h"

namespace gilbench {

namespace {

constexpr std::int64_t kInt64Max = std::numeric_limits<std::int64_t>::max();

// CPython's default for sys.set_int_max_str_digits().
constexpr std::size_t kMaxDecimalDigits = 4300;
// No number of fewer bits has more decimal digits than that.
constexpr std::int64_t kSurelyPrintableBits = 14'284;

[[noreturn]] void throw_too_many_digits() {
  throw_error(ErrorKind::kValueError,
              "Exceeds the limit (4300 digits) for integer string conversion; use "
              "sys.set_int_max_str_digits() to increase the limit");
}

unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'z') return static_cast<unsigned>(c - 'a') + 10;
  return static_cast<unsigned>(c - 'A') + 10;
}

bool is_power_of_two(int base) { return (base & (base - 1)) == 0; }

// Digits of a magnitude in a base that is a power of two.
std::string binary_digits(const cpp_int& magnitude, int bits_per_digit) {
  const std::int64_t bits = magnitude_bits(magnitude);
  std::vector<std::uint64_t> words;
  export_bits(magnitude, std::back_inserter(words), 64, false);
  const std::size_t digits = static_cast<std::size_t>((bits + bits_per_digit - 1) / bits_per_digit);
  const std::uint64_t mask = (std::uint64_t{1} << bits_per_digit) - 1;
  std::string text(digits, '0');
  for (std::size_t i = 0; i < digits; ++i) {
    const std::size_t bit = i * static_cast<std::size_t>(bits_per_digit);
    const std::size_t word = bit / 64;
    const std::size_t offset = bit % 64;
    std::uint64_t digit = words[word] >> offset;
    if (offset + static_cast<std::size_t>(bits_per_digit) > 64 && word + 1 < words.size()) {
      digit |= words[word + 1] << (64 - offset);
    }
    text[digits - 1 - i] = "0123456789abcdefghijklmnopqrstuvwxyz"[digit & mask];
  }
  return text;
}

int bits_per_digit_of(int base) {
  int bits = 0;
  while ((1 << bits) < base) ++bits;
  return bits;
}

// The magnitude of digits in a base that is a power of two: each one's bits go to their place.
cpp_int magnitude_of_binary_digits(std::string_view digits, int bits_per_digit) {
  const auto width = static_cast<std::size_t>(bits_per_digit);
  std::vector<std::uint64_t> words(digits.size() * width / 64 + 1);
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const std::uint64_t digit = digit_value(digits[digits.size() - 1 - i]);
    const std::size_t word = i * width / 64;
    const std::size_t offset = i * width % 64;
    words[word] |= digit << offset;
    if (offset + width > 64) words[word + 1] |= digit >> (64 - offset);
  }
  cpp_int result;
  import_bits(result, words.data(), words.data() + words.size(), 64, false);
  return result;
}

// As many digits at a time as a 64-bit word holds.
cpp_int magnitude_of_digits(std::string_view digits, int base) {
  cpp_int result = 0;
  const auto unsigned_base = static_cast<std::uint64_t>(base);
  std::uint64_t chunk = 0;
  std::uint64_t scale = 1;
  for (const char c : digits) {
    chunk = chunk * unsigned_base + digit_value(c);
    scale *= unsigned_base;
    if (scale > std::numeric_limits<std::uint64_t>::max() / unsigned_base / unsigned_base) {
      result *= scale;
      result += chunk;
      chunk = 0;
      scale = 1;
    }
  }
  result *= scale;
  result += chunk;
  return result;
}

}  // namespace

BigInt::BigInt() : impl_(std::make_unique<Impl>()) {}
BigInt::BigInt(std::int64_t value) : impl_(std::make_unique<Impl>(Impl{cpp_int(value)})) {}
BigInt::BigInt(const BigInt& other) : impl_(std::make_unique<Impl>(*other.impl_)) {}
BigInt::BigInt(BigInt&& other) noexcept = default;
BigInt& BigInt::operator=(const BigInt& other) {
  if (this != &other) impl_ = std::make_unique<Impl>(*other.impl_);
  return *this;
}
BigInt& BigInt::operator=(BigInt&& other) noexcept = default;
BigInt::~BigInt() = default;

BigInt BigInt::from_uint64(std::uint64_t value) { return make_big(cpp_int(value)); }

BigInt BigInt::from_double(double value) {
  if (std::isnan(value)) {
    throw_error(ErrorKind::kValueError, "cannot convert float NaN to integer");
  }
  if (std::isinf(value)) {
    throw_error(ErrorKind::kOverflowError, "cannot convert float infinity to integer");
  }
  int exponent = 0;
  // The 53 bits of the fraction as an integer.
  const double fraction = std::frexp(std::trunc(value), &exponent);
  cpp_int result = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  exponent -= 53;
  if (exponent > 0) {
    result <<= exponent;
  } else if (exponent < 0) {
    // Exact: the value is an integer.
    const bool negative = result < 0;
    if (negative) result = -result;
    result >>= -exponent;
    if (negative) result = -result;
  }
  return make_big(std::move(result));
}

BigInt BigInt::from_digits(std::string_view digits, int base) {
  bool negative = false;
  if (!digits.empty() && (digits[0] == '-' || digits[0] == '+')) {
    negative = digits[0] == '-';
    digits.remove_prefix(1);
  }
  cpp_int result = is_power_of_two(base)
                       ? magnitude_of_binary_digits(digits, bits_per_digit_of(base))
                       : magnitude_of_digits(digits, base);
  if (negative) result = -result;
  return make_big(std::move(result));
}

BigInt BigInt::from_literal(std::string_view text) {
  const bool negative = text.starts_with('-');
  const std::string_view magnitude = text.substr(negative ? 1 : 0);
  if (!magnitude.starts_with("0x")) return from_digits(text);
  BigInt value = from_digits(magnitude.substr(2), 16);
  return negative ? negate(value) : value;
}

BigInt BigInt::from_bytes(std::string_view big_endian, bool is_signed) {
  cpp_int result;
  if (!big_endian.empty()) {
    const auto* first = reinterpret_cast<const unsigned char*>(big_endian.data());
    import_bits(result, first, first + big_endian.size(), 8, true);
    if (is_signed && (first[0] & 0x80) != 0) {
      result -= cpp_int(1) << (8 * big_endian.size());
    }
  }
  return make_big(std::move(result));
}

bool BigInt::fits_int64() const {
  const cpp_int& value = impl_->value;
  // One limb is 64 bits of magnitude: the cheap answer for nearly all.
  if (value.backend().size() > 1) return false;
  const auto limb = static_cast<std::uint64_t>(value.backend().limbs()[0]);
  const auto limit = static_cast<std::uint64_t>(kInt64Max);
  return limb <= limit || (value.backend().sign() && limb == limit + 1);
}

std::int64_t BigInt::to_int64() const {
  const auto limb = static_cast<std::uint64_t>(impl_->value.backend().limbs()[0]);
  return static_cast<std::int64_t>(impl_->value.backend().sign() ? 0 - limb : limb);
}

double BigInt::to_double() const {
  const cpp_int& value = impl_->value;
  const std::int64_t bits = magnitude_bits(value);
  const cpp_int magnitude = boost::multiprecision::abs(value);
  double result = 0;
  if (bits <= 64) {
    result = static_cast<double>(static_cast<std::uint64_t>(magnitude));
  } else if (bits <= 1024) {
    // The top 64 bits decide, with a last bit that stands for all below: one rounding, by hardware.
    const auto shift = static_cast<unsigned>(bits - 64);
    auto top = static_cast<std::uint64_t>(cpp_int(magnitude >> shift));
    if (lsb(magnitude) < shift) top |= 1;
    result = std::ldexp(static_cast<double>(top), static_cast<int>(shift));
  }
  if (bits > 1024 || std::isinf(result)) {
    throw_error(ErrorKind::kOverflowError, "int too large to convert to float");
  }
  return value.backend().sign() ? -result : result;
}

std::string BigInt::to_string(int base) const {
  const cpp_int& value = impl_->value;
  if (value.is_zero()) return "0";
  const std::int64_t bits = magnitude_bits(value);
  const cpp_int magnitude = boost::multiprecision::abs(value);
  std::string text;
  if (is_power_of_two(base)) {
    text = binary_digits(magnitude, bits_per_digit_of(base));
  } else {
    if (base == 10 && bits > kSurelyPrintableBits + 8) throw_too_many_digits();
    if (base == 10) {
      text = magnitude.str();
    } else {
      for (cpp_int rest = magnitude; !rest.is_zero(); rest /= base) {
        const auto digit = static_cast<unsigned>(cpp_int(rest % base));
        text.insert(text.begin(), "0123456789abcdefghijklmnopqrstuvwxyz"[digit]);
      }
    }
    if (base == 10 && text.size() > kMaxDecimalDigits) throw_too_many_digits();
  }
  if (value.backend().sign()) text.insert(text.begin(), '-');
  return text;
}

std::string BigInt::to_bytes(std::int64_t length, bool is_signed) const {
  if (length < 0) {
    throw_error(ErrorKind::kValueError, "length argument must be non-negative");
  }
  cpp_int value = impl_->value;
  const bool negative = value < 0;
  if (negative && !is_signed) {
    throw_error(ErrorKind::kOverflowError, "can't convert negative int to unsigned");
  }
  // A signed number needs a bit for its sign; -2**n needs no more than 2**n - 1 does.
  const std::int64_t bits = magnitude_bits(negative ? cpp_int(-value - 1) : value);
  const std::int64_t available = length * 8 - (is_signed ? 1 : 0);
  if (bits > available && !(value.is_zero() && length == 0)) {
    throw_error(ErrorKind::kOverflowError, "int too big to convert");
  }
  if (negative) value += cpp_int(1) << static_cast<unsigned>(length * 8);
  std::vector<unsigned char> digits;
  if (!value.is_zero()) export_bits(value, std::back_inserter(digits), 8, true);
  std::string result(static_cast<std::size_t>(length) - digits.size(), '\0');
  result.append(digits.begin(), digits.end());
  return result;
}

bool BigInt::is_zero() const { return impl_->value.is_zero(); }
int BigInt::sign() const { return impl_->value.sign(); }
bool BigInt::is_odd() const { return (impl_->value.backend().limbs()[0] & 1) != 0; }
std::int64_t BigInt::bit_length() const { return magnitude_bits(impl_->value); }

std::int64_t BigInt::hash() const {
  const cpp_int& value = impl_->value;
  const cpp_int rest = boost::multiprecision::abs(value) % kHashModulus;
  const auto magnitude = static_cast<std::int64_t>(static_cast<std::uint64_t>(rest));
  const std::int64_t hash = value.backend().sign() ? -magnitude : magnitude;
  return hash == -1 ? -2 : hash;
}

std::int64_t BigInt::heap_bytes() const {
  const std::size_t limbs = impl_->value.backend().size();
  return static_cast<std::int64_t>(sizeof(Impl) + limbs * sizeof(boost::multiprecision::limb_type));
}

std::strong_ordering compare(const BigInt& a, const BigInt& b) {
  return value_of(a).compare(value_of(b)) <=> 0;
}

std::partial_ordering compare(const BigInt& a, double b) {
  if (std::isnan(b)) return std::partial_ordering::unordered;
  if (std::isinf(b)) {
    return b > 0 ? std::partial_ordering::less : std::partial_ordering::greater;
  }
  const double whole = std::trunc(b);
  const std::strong_ordering order = compare(a, BigInt::from_double(whole));
  if (order != std::strong_ordering::equal) return order;
  return whole <=> b;
}

bool operator==(const BigInt& a, const BigInt& b) { return value_of(a) == value_of(b); }

}  // namespace gilbench
