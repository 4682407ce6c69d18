// The parser of format specifications; format_number.cpp applies them to numbers.
#include "runtime/support/format_spec.h"

#include <array>
#include <cstdio>

#include "runtime/support/error.h"
#include "runtime/support/format_errors.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

bool is_align(char32_t c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

// Reads a specification from left to right.
class SpecReader {
 public:
  explicit SpecReader(std::string_view text) : text_(text) {}

  bool at_end() const { return position_ == text_.size(); }
  // The next character as a byte; what is not ASCII matches nothing that is asked for.
  char peek() const { return at_end() ? '\0' : text_[position_]; }
  char32_t take() { return utf8::decode(text_, &position_); }
  bool skip(char c) {
    if (peek() != c || at_end()) return false;
    ++position_;
    return true;
  }

  // -1 where there are no digits.
  std::int64_t number() {
    if (peek() < '0' || peek() > '9') return -1;
    std::int64_t value = 0;
    for (; peek() >= '0' && peek() <= '9'; ++position_) {
      if (__builtin_mul_overflow(value, std::int64_t{10}, &value) ||
          __builtin_add_overflow(value, std::int64_t{peek() - '0'}, &value)) {
        throw_format_error("Too many decimal digits in format string");
      }
    }
    return value;
  }

  void fill_and_align(FormatSpec* spec) {
    if (at_end()) return;
    const std::size_t start = position_;
    const char32_t first = take();
    if (!at_end() && is_align(static_cast<unsigned char>(peek()))) {
      spec->fill = first;
      fill_given_ = true;
      spec->align = static_cast<char>(take());
      spec->align_given = true;
    } else if (is_align(first)) {
      spec->align = static_cast<char>(first);
      spec->align_given = true;
    } else {
      position_ = start;
    }
  }
  bool fill_given() const { return fill_given_; }

 private:
  std::string_view text_;
  std::size_t position_ = 0;
  bool fill_given_ = false;
};

void read_grouping(SpecReader* reader, FormatSpec* spec) {
  if (reader->skip(',')) spec->grouping = ',';
  if (reader->peek() == '_') {
    if (spec->grouping != '\0') throw_format_error("Cannot specify both ',' and '_'.");
    reader->skip('_');
    spec->grouping = '_';
  }
  if (reader->peek() == ',' && spec->grouping == '_')
    throw_format_error("Cannot specify both ',' and '_'.");
}

void check_grouping(const FormatSpec& spec) {
  if (spec.grouping == '\0' || spec.type == U'\0') return;
  if (spec.type < 0x80 &&
      std::string_view("defgEG%F").find(static_cast<char>(spec.type)) != std::string_view::npos) {
    return;
  }
  const bool binary = spec.type == 'b' || spec.type == 'o' || spec.type == 'x' || spec.type == 'X';
  if (binary && spec.grouping == '_') return;
  throw_format_error("Cannot specify '" + std::string(1, spec.grouping) + "' with '" +
                     shown_format_code(spec.type) + "'.");
}

}  // namespace

std::string shown_format_code(char32_t code) {
  if (code > 32 && code < 128) return std::string(1, static_cast<char>(code));
  std::array<char, 16> text;
  std::snprintf(text.data(), text.size(), "\\x%x", static_cast<unsigned>(code));
  return text.data();
}

void throw_unknown_format_code(char32_t code, std::string_view type_name) {
  throw_format_error("Unknown format code '" + shown_format_code(code) + "' for object of type '" +
                     std::string(type_name) + "'");
}

FormatSpec parse_format_spec(std::string_view text, std::string_view type_name,
                             char32_t default_type, char default_align) {
  FormatSpec spec;
  spec.align = default_align;
  spec.type = default_type;
  SpecReader reader(text);
  reader.fill_and_align(&spec);
  if (reader.peek() == '+' || reader.peek() == '-' || reader.peek() == ' ') {
    spec.sign = static_cast<char>(reader.take());
    spec.sign_given = true;
  }
  spec.no_negative_zero = reader.skip('z');
  spec.alternate = reader.skip('#');
  if (!reader.fill_given() && reader.skip('0')) {
    spec.fill = U'0';
    if (!spec.align_given && default_align == '>') spec.align = '=';
  }
  spec.width = reader.number();
  read_grouping(&reader, &spec);
  if (reader.skip('.')) {
    spec.precision = reader.number();
    if (spec.precision < 0) throw_format_error("Format specifier missing precision");
  }
  if (!reader.at_end()) spec.type = reader.take();
  if (!reader.at_end()) {
    throw_format_error("Invalid format specifier '" + std::string(text) + "' for object of type '" +
                       std::string(type_name) + "'");
  }
  check_grouping(spec);
  return spec;
}

std::string pad(std::string_view text, const FormatSpec& spec, std::size_t prefix_size) {
  const auto length = static_cast<std::int64_t>(utf8::code_point_count(text));
  const std::int64_t total = spec.width > length ? spec.width - length : 0;
  if (total == 0) return std::string(text);
  check_text_size(total);
  const std::int64_t left = spec.align == '<' ? 0 : spec.align == '^' ? total / 2 : total;
  const std::string fill = utf8::encode(spec.fill);
  // '=' keeps the sign in front of the padding.
  const std::size_t kept = spec.align == '=' ? prefix_size : 0;
  std::string out(text.substr(0, kept));
  out.reserve(text.size() + static_cast<std::size_t>(total) * fill.size());
  for (std::int64_t i = 0; i < left; ++i) out.append(fill);
  out.append(text.substr(kept));
  for (std::int64_t i = left; i < total; ++i) out.append(fill);
  return out;
}

std::string format_str(std::string_view value, std::string_view text) {
  if (text.empty()) return std::string(value);
  const FormatSpec spec = parse_format_spec(text, "str", U's', '<');
  if (spec.type != U's') throw_unknown_format_code(spec.type, "str");
  if (spec.sign_given) {
    throw_format_error(spec.sign == ' ' ? "Space not allowed in string format specifier"
                                        : "Sign not allowed in string format specifier");
  }
  if (spec.no_negative_zero) {
    throw_format_error("Negative zero coercion (z) not allowed in string format specifier");
  }
  if (spec.alternate)
    throw_format_error("Alternate form (#) not allowed in string format specifier");
  if (spec.align == '=') throw_format_error("'=' alignment not allowed in string format specifier");
  if (spec.precision >= 0) {
    value = value.substr(0, utf8::byte_offset(value, static_cast<std::size_t>(spec.precision)));
  }
  return pad(value, spec);
}

}  // namespace gilbench
