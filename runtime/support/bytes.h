// The methods of bytes that are not the same as str's on UTF-8 (text::split, rsplit, partition,
// join, repeat, remove_prefix and remove_suffix serve both).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/support/text.h"

namespace gilbench::bytes {

std::string hex(std::string_view bytes);
// ValueError "non-hexadecimal number found in fromhex() arg at position 2".
std::string from_hex(std::string_view text);

text::Views split_whitespace(std::string_view bytes, std::int64_t maxsplit = -1);
text::Views split_lines(std::string_view bytes, bool keep_ends = false);
// `characters` is a set of bytes.
std::string_view strip(std::string_view bytes, std::string_view characters = " \t\n\r\v\f");
std::string_view lstrip(std::string_view bytes, std::string_view characters = " \t\n\r\v\f");
std::string_view rstrip(std::string_view bytes, std::string_view characters = " \t\n\r\v\f");

std::int64_t find(std::string_view bytes, std::string_view needle, std::int64_t start = 0,
                  std::int64_t end = text::kEnd);
std::int64_t rfind(std::string_view bytes, std::string_view needle, std::int64_t start = 0,
                   std::int64_t end = text::kEnd);
std::int64_t count(std::string_view bytes, std::string_view needle, std::int64_t start = 0,
                   std::int64_t end = text::kEnd);
bool starts_with(std::string_view bytes, std::string_view prefix, std::int64_t start = 0,
                 std::int64_t end = text::kEnd);
bool ends_with(std::string_view bytes, std::string_view suffix, std::int64_t start = 0,
               std::int64_t end = text::kEnd);
std::string replace(std::string_view bytes, std::string_view from, std::string_view to,
                    std::int64_t limit = -1);
std::string upper(std::string_view bytes);
std::string lower(std::string_view bytes);

}  // namespace gilbench::bytes
