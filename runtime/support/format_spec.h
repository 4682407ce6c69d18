// Format specifications: [[fill]align][sign][z][#][0][width][,|_][.precision][type], as in
// f-strings and format(). Errors are CPython's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/support/big_int.h"

namespace gilbench {

struct FormatSpec {
  char32_t fill = U' ';
  char align = '<';  // '<' '>' '^' '='
  bool align_given = false;
  char sign = '-';  // '-' '+' ' '
  bool sign_given = false;
  bool no_negative_zero = false;  // 'z'
  bool alternate = false;         // '#'
  std::int64_t width = -1;        // -1: not given; in code points
  char grouping = '\0';           // '\0' ',' '_'
  std::int64_t precision = -1;    // -1: not given
  char32_t type = U'\0';          // '\0': not given
};

// `type_name` is the object's, for messages; the defaults are 's' and '<' for str, 'd' and '>' for
// int, none and '>' for float.
FormatSpec parse_format_spec(std::string_view spec, std::string_view type_name,
                             char32_t default_type, char default_align);

// format(value, spec). `type_name` is "bool" for a bool, whose empty spec is the caller's:
// str(value).
std::string format_int(std::int64_t value, std::string_view spec,
                       std::string_view type_name = "int");
std::string format_int(const BigInt& value, std::string_view spec,
                       std::string_view type_name = "int");
std::string format_double(double value, std::string_view spec);
std::string format_str(std::string_view value, std::string_view spec);

// Pads `text` to the spec's width; '=' pads after `prefix_size` bytes of sign and base prefix.
std::string pad(std::string_view text, const FormatSpec& spec, std::size_t prefix_size = 0);

}  // namespace gilbench
