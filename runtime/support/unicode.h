// The Unicode properties and case mappings that str needs, in the version that CPython 3.11 has
// (14.0), from tables that make_unicode_data.py writes.
#pragma once

#include <cstdint>
#include <string>

namespace gilbench::unicode {

enum Property : std::uint32_t {
  kAlpha = 1u << 0,
  kDecimal = 1u << 1,
  kDigit = 1u << 2,
  kNumeric = 1u << 3,
  kUpper = 1u << 4,
  kLower = 1u << 5,
  kTitle = 1u << 6,
  kPrintable = 1u << 7,
  kIdentifierStart = 1u << 8,
  kIdentifierPart = 1u << 9,
  kCaseIgnorable = 1u << 10,
};

// All properties of a code point.
std::uint32_t properties(char32_t c);
inline bool has(char32_t c, std::uint32_t any_of) { return (properties(c) & any_of) != 0; }

bool is_space(char32_t c);
bool is_line_break(char32_t c);
// 0 to 9, or -1 for what is no decimal digit.
int decimal_value(char32_t c);

// Append the full mapping of one code point: up to three code points.
void append_upper(std::string* out, char32_t c);
void append_lower(std::string* out, char32_t c);
void append_title(std::string* out, char32_t c);
void append_folded(std::string* out, char32_t c);

}  // namespace gilbench::unicode
