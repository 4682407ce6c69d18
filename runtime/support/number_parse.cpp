// float() and int() of text.
#include <algorithm>
#include <cassert>
#include <charconv>
#include <cstdlib>
#include <limits>
#include <string>

#include "runtime/support/error.h"
#include "runtime/support/float_text.h"
#include "runtime/support/repr.h"
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

// CPython's default for sys.set_int_max_str_digits().
constexpr std::size_t kMaxDecimalDigits = 4300;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Decimal digits of other scripts as ASCII ones; other characters as they are.
std::string with_ascii_digits(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = utf8::decode(text, &i);
    const int digit = unicode::decimal_value(c);
    utf8::append(&result, digit >= 0 ? U'0' + static_cast<char32_t>(digit) : c);
  }
  return result;
}

// Underscores may only stand between digits. False where one does not.
bool remove_underscores(std::string_view text, std::string* out) {
  char previous = '\0';
  for (const char c : text) {
    if (c == '_') {
      if (!is_digit(previous)) return false;
    } else {
      if (previous == '_' && !is_digit(c)) return false;
      out->push_back(c);
    }
    previous = c;
  }
  return previous != '_';
}

bool equals_ignoring_case(std::string_view text, std::string_view lower) {
  return std::equal(text.begin(), text.end(), lower.begin(), lower.end(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

// digits [. digits] [e [sign] digits], with a digit before the exponent.
bool is_decimal_float(std::string_view text) {
  std::size_t i = 0;
  const auto skip_digits = [&] {
    const std::size_t start = i;
    while (i < text.size() && is_digit(text[i])) ++i;
    return i - start;
  };
  std::size_t digits = skip_digits();
  if (i < text.size() && text[i] == '.') {
    ++i;
    digits += skip_digits();
  }
  if (digits == 0) return false;
  if (i < text.size() && (text[i] == 'e' || text[i] == 'E')) {
    ++i;
    if (i < text.size() && (text[i] == '+' || text[i] == '-')) ++i;
    if (skip_digits() == 0) return false;
  }
  return i == text.size();
}

// Without sign; false where it is no number.
bool parse_unsigned(std::string_view text, double* value) {
  if (equals_ignoring_case(text, "inf") || equals_ignoring_case(text, "infinity")) {
    *value = std::numeric_limits<double>::infinity();
    return true;
  }
  if (equals_ignoring_case(text, "nan")) {
    *value = std::numeric_limits<double>::quiet_NaN();
    return true;
  }
  if (!is_decimal_float(text)) return false;
  const auto status = std::from_chars(text.data(), text.data() + text.size(), *value);
  if (status.ec == std::errc::result_out_of_range) {
    // from_chars does not say in which direction; strtod does.
    *value = std::strtod(std::string(text).c_str(), nullptr);
  }
  return true;
}

int digit_of(char c) {
  if (is_digit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

// The base that a prefix "0x", "0o" or "0b" means, or 0.
int base_of_prefix(std::string_view digits) {
  if (digits.size() < 2 || digits[0] != '0') return 0;
  switch (digits[1] | 0x20) {
    case 'x':
      return 16;
    case 'o':
      return 8;
    case 'b':
      return 2;
    default:
      return 0;
  }
}

}  // namespace

std::string not_a_float(std::string_view text) {
  return "could not convert string to float: " + repr_str(text);
}

std::string not_an_int(std::string_view text, int base) {
  std::string shown = repr_str(text);
  // CPython shows 200 characters.
  if (utf8::code_point_count(shown) > 200) shown.resize(utf8::byte_offset(shown, 200));
  return "invalid literal for int() with base " + std::to_string(base) + ": " + shown;
}

std::optional<double> read_float(std::string_view text) {
  std::string_view body = text::strip(text);
  std::string transformed;
  if (!utf8::is_ascii(body)) {
    transformed = with_ascii_digits(body);
    body = transformed;
  }
  std::string plain;
  if (body.find('_') != std::string_view::npos) {
    if (!remove_underscores(body, &plain)) return std::nullopt;
    body = plain;
  }
  const bool negative = !body.empty() && body[0] == '-';
  if (!body.empty() && (body[0] == '-' || body[0] == '+')) body.remove_prefix(1);
  double value = 0;
  if (!parse_unsigned(body, &value)) return std::nullopt;
  return negative ? -value : value;
}

std::optional<Integer> read_int(std::string_view text, int base) {
  assert(base == 0 || (base >= 2 && base <= 36));
  std::string_view body = text::strip(text);
  std::string transformed;
  if (!utf8::is_ascii(body)) {
    transformed = with_ascii_digits(body);
    body = transformed;
  }
  const bool negative = !body.empty() && body[0] == '-';
  if (!body.empty() && (body[0] == '-' || body[0] == '+')) body.remove_prefix(1);

  const int prefixed = base_of_prefix(body);
  if (prefixed != 0 && (base == 0 || base == prefixed)) {
    base = prefixed;
    body.remove_prefix(2);
    if (!body.empty() && body[0] == '_') body.remove_prefix(1);
  } else if (base == 0) {
    base = 10;
    // A leading zero would be taken for octal; only zero itself may have them.
    if (!body.empty() && body[0] == '0' && body.find_first_not_of("0_") != std::string_view::npos) {
      return std::nullopt;
    }
  }

  std::string digits;
  std::uint64_t value = 0;
  bool overflow = false;
  char previous = '_';  // so that a leading underscore counts as doubled
  for (const char c : body) {
    if (c == '_' && previous != '_') {
      previous = c;
      continue;
    }
    const int digit = digit_of(c);
    if (digit >= base) return std::nullopt;
    overflow |= __builtin_mul_overflow(value, static_cast<std::uint64_t>(base), &value);
    overflow |= __builtin_add_overflow(value, static_cast<std::uint64_t>(digit), &value);
    digits.push_back(c);
    previous = c;
  }
  if (previous == '_') return std::nullopt;

  constexpr auto kMax = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  if (!overflow && value <= kMax) {
    const auto result = static_cast<std::int64_t>(value);
    return negative ? -result : result;
  }
  if (!overflow && negative && value == kMax + 1) return std::numeric_limits<std::int64_t>::min();
  if ((base & (base - 1)) != 0 && digits.size() > kMaxDecimalDigits) {
    throw_error(ErrorKind::kValueError,
                "Exceeds the limit (4300 digits) for integer string conversion: value has " +
                    std::to_string(digits.size()) +
                    " digits; use sys.set_int_max_str_digits() to increase the limit");
  }
  BigInt big = BigInt::from_digits(digits, base);
  return negative ? negate(big) : big;
}

}  // namespace gilbench
