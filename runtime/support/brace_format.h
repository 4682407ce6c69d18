// str.format(): the parser of "{0.name[key]!r:>{width}}". The caller looks the fields up, formats
// the values and expands nested specs by parsing them again.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace gilbench {

struct BracePiece {
  std::string_view literal;  // stands before the field; "{{" and "}}" are already one brace
  bool has_field = false;
  std::string_view field_name;  // "0.name[key]", perhaps empty
  char32_t conversion = U'\0';  // r s a, or another character, which the caller refuses
  std::string_view spec;
  bool spec_has_fields = false;  // the spec is itself a format string
};

class BraceParser {
 public:
  explicit BraceParser(std::string_view format) : format_(format) {}

  // The next piece; false at the end. ValueError for bad syntax, once it is reached.
  bool next();
  const BracePiece& piece() const { return piece_; }

 private:
  void parse_field();
  bool parse_conversion();
  void parse_spec();

  std::string_view format_;
  std::size_t position_ = 0;
  BracePiece piece_;
};

// A field name taken apart: its first part, then attributes and indexes.
class FieldPath {
 public:
  // The first part: an argument's number, its name, or "" for the next number.
  using First = std::variant<std::int64_t, std::string_view>;
  struct Step {
    bool is_attribute;                                 // .name, else [index]
    std::variant<std::int64_t, std::string_view> key;  // an attribute is never a number
  };

  explicit FieldPath(std::string_view name);
  const First& first() const { return first_; }
  // The next step into *step; false at the end. ValueError for bad syntax.
  bool next(Step* step);

 private:
  First first_;
  std::string_view rest_;
  std::size_t position_ = 0;
};

// Numbers the "{}" fields of one call, and refuses to mix them with "{0}".
class FieldNumbering {
 public:
  // Which positional argument an automatic field means.
  std::int64_t next_automatic();
  void use_manual();

 private:
  enum class Mode { kUnknown, kAutomatic, kManual };
  Mode mode_ = Mode::kUnknown;
  std::int64_t next_ = 0;
};

// ValueError "Unknown conversion specifier ...".
[[noreturn]] void throw_unknown_conversion(char32_t conversion);

}  // namespace gilbench
