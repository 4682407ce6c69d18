// format() of int and float.
#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>

#include "runtime/support/error.h"
#include "runtime/support/float_text.h"
#include "runtime/support/format_errors.h"
#include "runtime/support/format_spec.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

// A number's text in its parts, none of which is padded.
struct NumberText {
  bool negative = false;
  std::string_view prefix;  // 0x
  std::string digits;       // what separators group
  std::string rest;         // fraction, exponent, percent sign; all of "inf" and "nan"
};

// Separators from the right. Where zeros fill the width they are grouped too, as digits.
std::string group(const std::string& digits, char separator, std::size_t size,
                  std::size_t min_width) {
  if (digits.empty()) return digits;
  std::string reversed;
  std::size_t in_group = 0;
  for (std::size_t i = 0; i < digits.size() || reversed.size() < min_width; ++i) {
    if (in_group == size) {
      reversed.push_back(separator);
      in_group = 0;
    }
    reversed.push_back(i < digits.size() ? digits[digits.size() - 1 - i] : '0');
    ++in_group;
  }
  std::reverse(reversed.begin(), reversed.end());
  return reversed;
}

std::string assemble(NumberText number, const FormatSpec& spec, std::size_t group_size) {
  std::string text;
  if (number.negative) {
    text.push_back('-');
  } else if (spec.sign != '-') {
    text.push_back(spec.sign);
  }
  text.append(number.prefix);
  const std::size_t prefix_size = text.size();
  if (spec.grouping != '\0') {
    const std::size_t taken = prefix_size + number.rest.size();
    const bool fill_with_zeros = spec.fill == U'0' && spec.align == '=' && spec.width >= 0;
    if (fill_with_zeros) check_text_size(spec.width);
    const auto width = static_cast<std::size_t>(fill_with_zeros ? spec.width : 0);
    number.digits =
        group(number.digits, spec.grouping, group_size, width > taken ? width - taken : 0);
  }
  text.append(number.digits).append(number.rest);
  if (spec.width <= static_cast<std::int64_t>(text.size())) return text;
  return pad(text, spec, prefix_size);
}

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string format_char(const FormatSpec& spec, bool fits, std::int64_t value) {
  if (spec.sign_given) throw_format_error("Sign not allowed with integer format specifier 'c'");
  if (spec.alternate)
    throw_format_error("Alternate form (#) not allowed with integer format specifier 'c'");
  if (!fits) throw_error(ErrorKind::kOverflowError, "Python int too large to convert to C long");
  if (value < 0 || value > static_cast<std::int64_t>(utf8::kMaxCodePoint)) {
    throw_error(ErrorKind::kOverflowError, "%c arg not in range(0x110000)");
  }
  return pad(utf8::encode(static_cast<char32_t>(value)), spec);
}

struct Base {
  int base;
  std::string_view prefix;
};

// Base 0 for a type that is none of an integer's.
Base base_of(char32_t type) {
  switch (type) {
    case U'd':
    case U'n':
      return {10, ""};
    case U'x':
      return {16, "0x"};
    case U'X':
      return {16, "0X"};
    case U'o':
      return {8, "0o"};
    case U'b':
      return {2, "0b"};
    default:
      return {0, ""};
  }
}

bool is_float_type(char32_t type) {
  return type < 0x80 &&
         std::string_view("eEfFgG%").find(static_cast<char>(type)) != std::string_view::npos;
}

// The digits of the magnitude.
std::string magnitude_text(std::int64_t value, int base) {
  const auto bits = static_cast<std::uint64_t>(value);
  std::array<char, 66> text;
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value < 0 ? 0 - bits : bits, base);
  return std::string(text.data(), end.ptr);
}
std::string magnitude_text(const BigInt& value, int base) {
  std::string text = value.to_string(base);
  if (text[0] == '-') text.erase(0, 1);
  return text;
}

std::string format_parsed_double(double value, const FormatSpec& spec);

double to_double(std::int64_t value) { return static_cast<double>(value); }
double to_double(const BigInt& value) { return value.to_double(); }
bool is_negative(std::int64_t value) { return value < 0; }
bool is_negative(const BigInt& value) { return value.sign() < 0; }
bool fits_int64(std::int64_t) { return true; }
bool fits_int64(const BigInt& value) { return value.fits_int64(); }
std::int64_t to_int64(std::int64_t value) { return value; }
std::int64_t to_int64(const BigInt& value) { return value.to_int64(); }

template <typename Int>
std::string format_integer(const Int& value, std::string_view text, std::string_view type_name) {
  const FormatSpec spec = parse_format_spec(text, type_name, U'd', '>');
  if (is_float_type(spec.type)) return format_parsed_double(to_double(value), spec);
  const Base base = base_of(spec.type);
  if (base.base == 0 && spec.type != U'c') throw_unknown_format_code(spec.type, type_name);
  if (spec.precision >= 0) throw_format_error("Precision not allowed in integer format specifier");
  if (spec.no_negative_zero) {
    throw_format_error("Negative zero coercion (z) not allowed in integer format specifier");
  }
  if (spec.type == U'c') {
    const bool fits = fits_int64(value);
    return format_char(spec, fits, fits ? to_int64(value) : 0);
  }
  NumberText number;
  number.negative = is_negative(value);
  if (spec.alternate) number.prefix = base.prefix;
  number.digits = magnitude_text(value, base.base);
  if (spec.type == U'X') number.digits = upper(std::move(number.digits));
  return assemble(std::move(number), spec, base.base == 10 ? 3 : 4);
}

bool is_zero_text(std::string_view text) {
  const std::size_t exponent = text.find_first_of("eE");
  return text.substr(0, exponent).find_first_of("123456789") == std::string_view::npos;
}

// Without a type but with a precision: as g, but a fraction of one digit at least.
std::string format_plain(double value, int precision, bool alternate) {
  std::string text = format_float(value, 'g', precision);
  if (!std::isfinite(value) || text.find('e') != std::string::npos ||
      text.find('.') != std::string::npos) {
    return alternate ? format_float(value, 'g', precision, true) : text;
  }
  // "12" becomes "12.0", unless that is a digit too many: then "1.2e+01".
  const int digits = static_cast<int>(text.size()) - (text[0] == '-' ? 1 : 0);
  const int wanted = std::max(precision, 1);
  if (digits < wanted) return alternate ? format_float(value, 'g', precision, true) : text + ".0";
  text = format_float(value, 'e', wanted - 1, alternate);
  if (alternate || wanted == 1) return text;
  const std::size_t mark = text.find('e');
  std::size_t end = text.find_last_not_of('0', mark - 1) + 1;
  if (text[end - 1] == '.') --end;
  return text.erase(end, mark - end);
}

std::string double_text(double value, const FormatSpec& spec) {
  constexpr std::int64_t kMaxPrecision = 0x7fffffff;
  if (spec.precision > kMaxPrecision) throw_format_error("precision too big");
  const int precision = spec.precision < 0 ? 6 : static_cast<int>(spec.precision);
  switch (spec.type) {
    case U'\0':
      if (spec.precision < 0) {
        return spec.alternate ? format_float(value, 'r', 0, true) : repr_double(value);
      }
      return format_plain(value, precision, spec.alternate);
    case U'n':
      return format_float(value, 'g', precision, spec.alternate);
    case U'%':
      return format_float(value * 100, 'f', precision, spec.alternate) + "%";
    default:
      return format_float(value, static_cast<char>(spec.type), precision, spec.alternate);
  }
}

std::string format_parsed_double(double value, const FormatSpec& spec) {
  if (spec.type != U'\0' && spec.type != U'n' && !is_float_type(spec.type)) {
    throw_unknown_format_code(spec.type, "float");
  }
  std::string text = double_text(value, spec);
  NumberText number;
  number.negative = text[0] == '-';
  if (number.negative) text.erase(0, 1);
  if (spec.no_negative_zero && std::isfinite(value) && is_zero_text(text)) number.negative = false;
  const std::size_t end = std::min(text.find_first_not_of("0123456789"), text.size());
  number.digits = text.substr(0, end);
  number.rest = text.substr(end);
  return assemble(std::move(number), spec, 3);
}

}  // namespace

std::string format_int(std::int64_t value, std::string_view spec, std::string_view type_name) {
  if (spec.empty()) return repr_int(value);
  return format_integer(value, spec, type_name);
}

std::string format_int(const BigInt& value, std::string_view spec, std::string_view type_name) {
  if (spec.empty()) return value.to_string();
  return format_integer(value, spec, type_name);
}

std::string format_double(double value, std::string_view spec) {
  if (spec.empty()) return repr_double(value);
  return format_parsed_double(value, parse_format_spec(spec, "float", U'\0', '>'));
}

}  // namespace gilbench
