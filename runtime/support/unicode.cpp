// Each property and mapping is a binary search in a sorted table of ranges.
#include "runtime/support/unicode.h"

#include <algorithm>
#include <iterator>
#include <span>

#include "runtime/support/utf8.h"

namespace gilbench::unicode {

namespace {

// Every `stride`th code point from `first` to `last` maps to itself plus `delta`.
struct Run {
  char32_t first;
  char32_t last;
  std::uint32_t stride;
  std::int32_t delta;
};

struct Expansion {
  char32_t code_point;
  const char* text;  // UTF-8
};

#include "runtime/support/unicode_data.inc"

// A range holds its first code point above the bits of its properties.
constexpr int kPropertyBits = 11;

// The last element that starts at or before `c`, or the end.
template <typename Table, typename Start>
auto find_before(const Table& table, char32_t c, Start start_of) {
  const auto after = std::upper_bound(
      std::begin(table), std::end(table), c,
      [&](char32_t value, const auto& element) { return value < start_of(element); });
  return after == std::begin(table) ? std::end(table) : std::prev(after);
}

void append_mapped(std::string* out, char32_t c, std::span<const Run> runs,
                   std::span<const Expansion> expansions) {
  const auto run = find_before(runs, c, [](const Run& r) { return r.first; });
  if (run != std::end(runs) && c <= run->last && (c - run->first) % run->stride == 0) {
    utf8::append(out, static_cast<char32_t>(static_cast<std::int32_t>(c) + run->delta));
    return;
  }
  const auto longer = find_before(expansions, c, [](const Expansion& e) { return e.code_point; });
  if (longer != std::end(expansions) && longer->code_point == c) {
    out->append(longer->text);
    return;
  }
  utf8::append(out, c);
}

}  // namespace

std::uint32_t properties(char32_t c) {
  const auto range = find_before(kPropertyRanges, c, [](std::uint32_t word) {
    return static_cast<char32_t>(word >> kPropertyBits);
  });
  // The first range starts at 0, so there always is one before; the analyzer cannot know.
  // NOLINTNEXTLINE
  return *range & ((1u << kPropertyBits) - 1);
}

bool is_space(char32_t c) {
  if (c < 0x80) return c == U' ' || (c >= 0x09 && c <= 0x0d) || (c >= 0x1c && c <= 0x1f);
  return c == 0x85 || c == 0xa0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 ||
         c == 0x2029 || c == 0x202f || c == 0x205f || c == 0x3000;
}

bool is_line_break(char32_t c) {
  return (c >= 0x0a && c <= 0x0d) || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 ||
         c == 0x2029;
}

int decimal_value(char32_t c) {
  const auto zero = find_before(kDecimalZeros, c, [](char32_t first) { return first; });
  if (zero == std::end(kDecimalZeros) || c > *zero + 9) return -1;
  return static_cast<int>(c - *zero);
}

void append_upper(std::string* out, char32_t c) {
  append_mapped(out, c, kUpperRuns, kUpperExpansions);
}
void append_lower(std::string* out, char32_t c) {
  append_mapped(out, c, kLowerRuns, kLowerExpansions);
}
void append_title(std::string* out, char32_t c) {
  append_mapped(out, c, kTitleRuns, kTitleExpansions);
}
void append_folded(std::string* out, char32_t c) {
  append_mapped(out, c, kFoldedRuns, kFoldedExpansions);
}

}  // namespace gilbench::unicode
