// format_float(): the digits of a double for the types e, f, g and r.
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>

#include "runtime/support/error.h"
#include "runtime/support/float_text.h"

namespace gilbench {

namespace {

// std::to_chars into a string that is long enough: digits before the point (309 at most), the
// point, digits after it, an exponent.
std::string to_text(double value, std::chars_format format, int precision) {
  std::string text(static_cast<std::size_t>(precision) + 330, '\0');
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, format, precision);
  text.resize(static_cast<std::size_t>(end.ptr - text.data()));
  return text;
}

void strip_zeros(std::string* digits) {
  while (!digits->empty() && digits->back() == '0') digits->pop_back();
}

// Type g: `precision` significant digits, in whichever notation is shorter by C's rule.
std::string general(double value, int precision, bool alternate) {
  if (precision == 0) precision = 1;
  const std::string scientific = to_text(value, std::chars_format::scientific, precision - 1);
  const std::size_t mark = scientific.find('e');
  const int exponent = std::stoi(scientific.substr(mark + 1));
  std::string result;
  std::string fraction;
  std::string suffix;
  if (exponent < -4 || exponent >= precision) {
    result = scientific.substr(0, 1);
    if (mark > 2) fraction = scientific.substr(2, mark - 2);
    suffix = scientific.substr(mark);
  } else {
    const std::string fixed = to_text(value, std::chars_format::fixed, precision - 1 - exponent);
    const std::size_t point = fixed.find('.');
    result = fixed.substr(0, point);
    if (point != std::string::npos) fraction = fixed.substr(point + 1);
  }
  if (!alternate) strip_zeros(&fraction);
  if (alternate || !fraction.empty()) result += '.';
  return result + fraction + suffix;
}

}  // namespace

std::string format_float(double value, char type, int precision, bool alternate) {
  const bool upper = type == 'E' || type == 'F' || type == 'G';
  std::string text;
  if (!std::isfinite(value)) {
    text = std::isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
  } else {
    const double magnitude = std::fabs(value);
    switch (type | 0x20) {
      case 'e':
        text = to_text(magnitude, std::chars_format::scientific, precision);
        if (alternate && precision == 0) text.insert(text.find('e'), 1, '.');
        break;
      case 'f':
        text = to_text(magnitude, std::chars_format::fixed, precision);
        if (alternate && precision == 0) text += '.';
        break;
      case 'g':
        text = general(magnitude, precision, alternate);
        break;
      default:  // r
        text = repr_double(magnitude);
        if (!alternate && text.ends_with(".0")) text.resize(text.size() - 2);
        if (alternate && text.find('.') == std::string::npos) text.insert(text.find('e'), 1, '.');
        break;
    }
    if (std::signbit(value)) text.insert(text.begin(), '-');
  }
  if (upper) {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return text;
}

}  // namespace gilbench
