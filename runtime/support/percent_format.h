// printf-style formatting, `format % values`: the parser and the text of each piece. The caller
// walks the pieces, fetches the values and raises what concerns their number.
//
//     PercentParser parser(format);
//     while (parser.next()) {
//       const PercentPiece& piece = parser.piece();
//       ...
//     }
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/support/big_int.h"

namespace gilbench {

struct PercentPiece {
  static constexpr std::int64_t kNone = -1;
  static constexpr std::int64_t kStar = -2;  // the next value; see set_width() and set_precision()

  // Text up to the next conversion, already without "%%"; then conversion is 0.
  std::string_view literal;
  char conversion = '\0';  // d i u o x X e E f F g G c r s a, of bytes b too
  bool has_key = false;
  std::string_view key;    // of %(key)s
  bool left = false;       // '-'
  bool plus = false;       // '+'
  bool space = false;      // ' '
  bool alternate = false;  // '#'
  bool zero = false;       // '0'
  std::int64_t width = kNone;
  std::int64_t precision = kNone;

  bool is_literal() const { return conversion == '\0'; }
  void set_width(std::int64_t value);      // from '*': a negative one means left
  void set_precision(std::int64_t value);  // from '*': a negative one means 0
};

class PercentParser {
 public:
  // `of_bytes`: a format of bytes, decoded as Latin-1.
  explicit PercentParser(std::string_view format, bool of_bytes = false)
      : format_(format), of_bytes_(of_bytes) {}

  // The next piece; false at the end. ValueError for a bad conversion, once it is reached.
  bool next();
  PercentPiece& piece() { return piece_; }

 private:
  char peek() const;
  void read_key();
  void read_flags();
  std::int64_t read_number(std::int64_t limit, const char* too_big, std::int64_t missing);

  std::string_view format_;
  const bool of_bytes_;
  std::size_t position_ = 0;
  PercentPiece piece_;
};

// conversions d i u o x X
std::string percent_int(std::int64_t value, const PercentPiece& piece);
std::string percent_int(const BigInt& value, const PercentPiece& piece);
// conversions e E f F g G
std::string percent_double(double value, const PercentPiece& piece);
// conversions s r a: `text` is the value's str(), repr() or ascii()
std::string percent_str(std::string_view text, const PercentPiece& piece);
// conversion c of an int (OverflowError "%c arg not in range(0x110000)"); one of a str goes through
// percent_char_str() (TypeError "%c requires int or char").
std::string percent_char(std::int64_t code_point, const PercentPiece& piece);
std::string percent_char_str(std::string_view text, const PercentPiece& piece);

// TypeErrors for a value of the wrong type: "%d format: a real number is required, not str".
[[noreturn]] void throw_percent_type_error(const PercentPiece& piece, std::string_view type_name);

}  // namespace gilbench
