// One scan from left to right. Braces within a spec are only counted here.
#include "runtime/support/brace_format.h"

#include <algorithm>

#include "runtime/support/error.h"
#include "runtime/support/format_errors.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

// A number where `text` is digits alone, else the text.
std::variant<std::int64_t, std::string_view> number_or_name(std::string_view text) {
  if (text.empty() || text.find_first_not_of("0123456789") != std::string_view::npos) return text;
  std::int64_t value = 0;
  for (const char c : text) {
    if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
        __builtin_add_overflow(value, std::int64_t{c - '0'}, &value)) {
      throw_format_error("Too many decimal digits in format string");
    }
  }
  return value;
}

}  // namespace

bool BraceParser::next() {
  piece_ = BracePiece();
  if (position_ == format_.size()) return false;
  const std::size_t start = position_;
  const std::size_t brace = std::min(format_.find_first_of("{}", start), format_.size());
  piece_.literal = format_.substr(start, brace - start);
  position_ = brace;
  if (brace == format_.size()) return true;
  const char kind = format_[brace];
  ++position_;
  const bool doubled = position_ < format_.size() && format_[position_] == kind;
  if (doubled) {
    piece_.literal = format_.substr(start, position_ - start);
    ++position_;
    return true;
  }
  if (kind == '}') throw_format_error("Single '}' encountered in format string");
  if (position_ == format_.size()) throw_format_error("Single '{' encountered in format string");
  piece_.has_field = true;
  parse_field();
  return true;
}

void BraceParser::parse_field() {
  const std::size_t start = position_;
  char c = '\0';
  for (; position_ < format_.size(); ++position_) {
    c = format_[position_];
    if (c == '{') throw_format_error("unexpected '{' in field name");
    if (c == '}' || c == ':' || c == '!') break;
    // Braces within brackets belong to the name.
    if (c == '[') position_ = std::min(format_.find(']', position_), format_.size() - 1);
  }
  if (position_ == format_.size()) throw_format_error("expected '}' before end of string");
  piece_.field_name = format_.substr(start, position_ - start);
  ++position_;
  if (c == '}') return;
  if (c == '!' && parse_conversion()) return;
  parse_spec();
}

// Whether the field ends with its conversion.
bool BraceParser::parse_conversion() {
  if (position_ == format_.size())
    throw_format_error("end of string while looking for conversion specifier");
  piece_.conversion = utf8::decode(format_, &position_);
  if (position_ == format_.size()) return false;
  const char c = format_[position_++];
  if (c == '}') return true;
  if (c != ':') throw_format_error("expected ':' after conversion specifier");
  return false;
}

void BraceParser::parse_spec() {
  const std::size_t start = position_;
  int depth = 1;
  for (; position_ < format_.size(); ++position_) {
    if (format_[position_] == '{') {
      piece_.spec_has_fields = true;
      ++depth;
    } else if (format_[position_] == '}' && --depth == 0) {
      piece_.spec = format_.substr(start, position_ - start);
      ++position_;
      return;
    }
  }
  throw_format_error("unmatched '{' in format spec");
}

FieldPath::FieldPath(std::string_view name) {
  const std::size_t end = std::min(name.find_first_of(".["), name.size());
  first_ = number_or_name(name.substr(0, end));
  rest_ = name.substr(end);
}

bool FieldPath::next(Step* step) {
  if (position_ == rest_.size()) return false;
  const char kind = rest_[position_++];
  std::string_view key;
  if (kind == '.') {
    const std::size_t end = std::min(rest_.find_first_of(".[", position_), rest_.size());
    key = rest_.substr(position_, end - position_);
    position_ = end;
    step->key = key;
  } else if (kind == '[') {
    const std::size_t end = rest_.find(']', position_);
    if (end == std::string_view::npos) throw_format_error("Missing ']' in format string");
    key = rest_.substr(position_, end - position_);
    position_ = end + 1;
    step->key = number_or_name(key);
  } else {
    throw_format_error("Only '.' or '[' may follow ']' in format field specifier");
  }
  step->is_attribute = kind == '.';
  if (key.empty()) throw_format_error("Empty attribute in format string");
  return true;
}

std::int64_t FieldNumbering::next_automatic() {
  if (mode_ == Mode::kManual) {
    throw_format_error(
        "cannot switch from manual field specification to automatic field numbering");
  }
  mode_ = Mode::kAutomatic;
  return next_++;
}

void FieldNumbering::use_manual() {
  if (mode_ == Mode::kAutomatic) {
    throw_format_error(
        "cannot switch from automatic field numbering to manual field specification");
  }
  mode_ = Mode::kManual;
}

void throw_unknown_conversion(char32_t conversion) {
  throw_format_error("Unknown conversion specifier " + shown_format_code(conversion));
}

}  // namespace gilbench
