// The methods of str, on UTF-8. Indexes and widths count code points; views that are returned refer
// to the input. ASCII text takes the fast way everywhere.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace gilbench::text {

inline constexpr std::int64_t kEnd = std::numeric_limits<std::int64_t>::max();
using Views = std::vector<std::string_view>;

// Splitting. A negative maxsplit means no limit.
Views split_whitespace(std::string_view text, std::int64_t maxsplit = -1);
Views rsplit_whitespace(std::string_view text, std::int64_t maxsplit = -1);
// ValueError "empty separator"; these serve bytes as well.
Views split(std::string_view text, std::string_view separator, std::int64_t maxsplit = -1);
Views rsplit(std::string_view text, std::string_view separator, std::int64_t maxsplit = -1);
Views split_lines(std::string_view text, bool keep_ends = false);

struct Partition {
  std::string_view before, separator, after;
};
Partition partition(std::string_view text, std::string_view separator);
Partition rpartition(std::string_view text, std::string_view separator);

// Stripping: whitespace, or any of the characters of `characters`.
std::string_view strip(std::string_view text);
std::string_view lstrip(std::string_view text);
std::string_view rstrip(std::string_view text);
std::string_view strip(std::string_view text, std::string_view characters);
std::string_view lstrip(std::string_view text, std::string_view characters);
std::string_view rstrip(std::string_view text, std::string_view characters);
std::string_view remove_prefix(std::string_view text, std::string_view prefix);
std::string_view remove_suffix(std::string_view text, std::string_view suffix);

// Searching in text[start:end], with Python's meaning of negative indexes; -1 when not found.
std::int64_t find(std::string_view text, std::string_view needle, std::int64_t start = 0,
                  std::int64_t end = kEnd);
std::int64_t rfind(std::string_view text, std::string_view needle, std::int64_t start = 0,
                   std::int64_t end = kEnd);
std::int64_t count(std::string_view text, std::string_view needle, std::int64_t start = 0,
                   std::int64_t end = kEnd);
bool starts_with(std::string_view text, std::string_view prefix, std::int64_t start = 0,
                 std::int64_t end = kEnd);
bool ends_with(std::string_view text, std::string_view suffix, std::int64_t start = 0,
               std::int64_t end = kEnd);
// text[index] and text[start:stop:step], the indexes already brought into range by the caller.
std::string_view at(std::string_view text, std::size_t index);
std::string_view slice(std::string_view text, std::size_t start, std::size_t stop);
std::string slice_step(std::string_view text, std::int64_t start, std::int64_t step,
                       std::size_t length);

// Changing. A negative limit means all.
std::string replace(std::string_view text, std::string_view from, std::string_view to,
                    std::int64_t limit = -1);
std::string join(std::string_view separator, const std::vector<std::string_view>& parts);
std::string repeat(std::string_view text, std::int64_t times);
std::string upper(std::string_view text);
std::string lower(std::string_view text);
std::string title(std::string_view text);
std::string capitalize(std::string_view text);
std::string swap_case(std::string_view text);
std::string case_fold(std::string_view text);
std::string center(std::string_view text, std::int64_t width, char32_t fill = U' ');
std::string ljust(std::string_view text, std::int64_t width, char32_t fill = U' ');
std::string rjust(std::string_view text, std::int64_t width, char32_t fill = U' ');
std::string zfill(std::string_view text, std::int64_t width);
std::string expand_tabs(std::string_view text, std::int64_t tab_size = 8);

// Asking.
bool is_alpha(std::string_view text);
bool is_digit(std::string_view text);
bool is_decimal(std::string_view text);
bool is_numeric(std::string_view text);
bool is_alnum(std::string_view text);
bool is_space(std::string_view text);
bool is_upper(std::string_view text);
bool is_lower(std::string_view text);
bool is_title(std::string_view text);
bool is_identifier(std::string_view text);
bool is_printable(std::string_view text);

}  // namespace gilbench::text
