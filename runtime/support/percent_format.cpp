// A piece is read in C's order (key, flags, width, precision, length, conversion) and written as
// sign, prefix, zeros, digits, within its width.
#include "runtime/support/percent_format.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdio>
#include <limits>

#include "runtime/support/error.h"
#include "runtime/support/float_text.h"
#include "runtime/support/format_errors.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

constexpr std::string_view kConversions = "diouxXeEfFgGcrsa";

[[noreturn]] void throw_unsupported(std::string_view format, std::size_t position) {
  std::size_t end = position;
  const char32_t c = utf8::decode(format, &end);
  std::array<char, 100> message;
  std::snprintf(message.data(), message.size(),
                "unsupported format character '%c' (0x%x) at index %zu",
                c > 31 && c < 127 ? static_cast<char>(c) : '?', static_cast<unsigned>(c),
                utf8::code_point_index(format, position));
  throw_format_error(message.data());
}

std::string padded(std::string_view text, const PercentPiece& piece) {
  const auto length = static_cast<std::int64_t>(utf8::code_point_count(text));
  const std::size_t spaces =
      piece.width > length ? static_cast<std::size_t>(piece.width - length) : 0;
  check_text_size(piece.width);
  std::string out;
  out.reserve(text.size() + spaces);
  if (!piece.left) out.append(spaces, ' ');
  out.append(text);
  if (piece.left) out.append(spaces, ' ');
  return out;
}

// Sign or 0x, then zeros or spaces up to the width, then the rest.
std::string numeric(bool negative, std::string_view prefix, std::string_view body,
                    const PercentPiece& piece) {
  std::string out;
  if (negative) {
    out.push_back('-');
  } else if (piece.plus) {
    out.push_back('+');
  } else if (piece.space) {
    out.push_back(' ');
  }
  out.append(prefix);
  const auto length = static_cast<std::int64_t>(out.size() + body.size());
  check_text_size(piece.width);
  if (piece.zero && !piece.left && piece.width > length) {
    out.append(static_cast<std::size_t>(piece.width - length), '0');
  }
  out.append(body);
  return padded(out, piece);
}

// `text` is the number in its base, perhaps with '-'.
std::string percent_digits(std::string text, const PercentPiece& piece) {
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  if (piece.precision > static_cast<std::int64_t>(text.size())) {
    text.insert(0, static_cast<std::size_t>(piece.precision) - text.size(), '0');
  }
  std::string_view prefix;
  if (piece.conversion == 'X') {
    for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  if (piece.alternate) {
    prefix = piece.conversion == 'x'   ? "0x"
             : piece.conversion == 'X' ? "0X"
             : piece.conversion == 'o' ? "0o"
                                       : "";
  }
  return numeric(negative, prefix, text, piece);
}

int base_of(const PercentPiece& piece) {
  return piece.conversion == 'o' ? 8 : (piece.conversion | 0x20) == 'x' ? 16 : 10;
}

}  // namespace

void PercentPiece::set_width(std::int64_t value) {
  if (value < 0) left = true;
  width = value < 0 ? -value : value;
}

void PercentPiece::set_precision(std::int64_t value) { precision = value < 0 ? 0 : value; }

bool PercentParser::next() {
  piece_ = PercentPiece();
  if (position_ == format_.size()) return false;
  if (format_[position_] != '%') {
    const std::size_t end = std::min(format_.find('%', position_), format_.size());
    piece_.literal = format_.substr(position_, end - position_);
    position_ = end;
    return true;
  }
  ++position_;
  if (peek() == '%') {
    piece_.literal = format_.substr(position_, 1);
    ++position_;
    return true;
  }
  read_key();
  read_flags();
  piece_.width =
      read_number(std::numeric_limits<std::int64_t>::max(), "width too big", PercentPiece::kNone);
  if (peek() == '.') {
    ++position_;
    piece_.precision = read_number(std::numeric_limits<int>::max(), "precision too big", 0);
  }
  // C's length modifiers say nothing in Python.
  if (peek() == 'h' || peek() == 'l' || peek() == 'L') ++position_;
  if (position_ == format_.size()) throw_format_error("incomplete format");
  const bool known = kConversions.find(peek()) != std::string_view::npos;
  if (!known && !(of_bytes_ && peek() == 'b')) throw_unsupported(format_, position_);
  piece_.conversion = peek();
  ++position_;
  return true;
}

char PercentParser::peek() const { return position_ < format_.size() ? format_[position_] : '\0'; }

void PercentParser::read_key() {
  if (peek() != '(') return;
  const std::size_t start = ++position_;
  for (int depth = 1; depth > 0; ++position_) {
    if (position_ == format_.size()) throw_format_error("incomplete format key");
    if (format_[position_] == '(') ++depth;
    if (format_[position_] == ')') --depth;
  }
  piece_.has_key = true;
  piece_.key = format_.substr(start, position_ - 1 - start);
}

void PercentParser::read_flags() {
  for (;; ++position_) {
    switch (peek()) {
      case '-':
        piece_.left = true;
        break;
      case '+':
        piece_.plus = true;
        break;
      case ' ':
        piece_.space = true;
        break;
      case '#':
        piece_.alternate = true;
        break;
      case '0':
        piece_.zero = true;
        break;
      default:
        return;
    }
  }
}

std::int64_t PercentParser::read_number(std::int64_t limit, const char* too_big,
                                        std::int64_t missing) {
  if (peek() == '*') {
    ++position_;
    return PercentPiece::kStar;
  }
  if (peek() < '0' || peek() > '9') return missing;
  std::int64_t value = 0;
  for (; peek() >= '0' && peek() <= '9'; ++position_) {
    if (value > (limit - (peek() - '0')) / 10) throw_format_error(too_big);
    value = value * 10 + (peek() - '0');
  }
  return value;
}

std::string percent_int(std::int64_t value, const PercentPiece& piece) {
  if (base_of(piece) == 10) return percent_digits(repr_int(value), piece);
  return percent_digits(BigInt(value).to_string(base_of(piece)), piece);
}

std::string percent_int(const BigInt& value, const PercentPiece& piece) {
  return percent_digits(value.to_string(base_of(piece)), piece);
}

std::string percent_double(double value, const PercentPiece& piece) {
  const int precision = piece.precision < 0 ? 6 : static_cast<int>(piece.precision);
  std::string text = format_float(value, piece.conversion, precision, piece.alternate);
  const bool negative = text[0] == '-';
  if (negative) text.erase(0, 1);
  return numeric(negative, "", text, piece);
}

std::string percent_str(std::string_view text, const PercentPiece& piece) {
  if (piece.precision >= 0) {
    text = text.substr(0, utf8::byte_offset(text, static_cast<std::size_t>(piece.precision)));
  }
  if (piece.width < 0) return std::string(text);
  return padded(text, piece);
}

std::string percent_char(std::int64_t code_point, const PercentPiece& piece) {
  if (code_point < 0 || code_point > static_cast<std::int64_t>(utf8::kMaxCodePoint)) {
    throw_error(ErrorKind::kOverflowError, "%c arg not in range(0x110000)");
  }
  return padded(utf8::encode(static_cast<char32_t>(code_point)), piece);
}

std::string percent_char_str(std::string_view text, const PercentPiece& piece) {
  if (utf8::code_point_count(text) != 1) {
    throw_error(ErrorKind::kTypeError, "%c requires int or char");
  }
  return padded(text, piece);
}

void throw_percent_type_error(const PercentPiece& piece, std::string_view type_name) {
  const std::string type(type_name);
  const char conversion = piece.conversion;
  if (conversion == 'c') throw_error(ErrorKind::kTypeError, "%c requires int or char");
  if (conversion == 'o' || (conversion | 0x20) == 'x') {
    throw_error(ErrorKind::kTypeError,
                "%" + std::string(1, conversion) + " format: an integer is required, not " + type);
  }
  if (conversion == 'd' || conversion == 'i' || conversion == 'u') {
    throw_error(ErrorKind::kTypeError, "%" + std::string(1, conversion) +
                                           " format: a real number is required, not " + type);
  }
  throw_error(ErrorKind::kTypeError, "must be real number, not " + type);
}

}  // namespace gilbench
