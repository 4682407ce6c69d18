// Searching in bytes, for text.cpp and bytes.cpp.
#pragma once

#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace gilbench {

inline constexpr std::size_t kNotFound = std::string_view::npos;

// The first occurrence at or after `from`. glibc's memchr and memmem are vectorised.
inline std::size_t find_bytes(std::string_view text, std::string_view needle,
                              std::size_t from = 0) {
  if (from + needle.size() > text.size()) return kNotFound;
  if (needle.empty()) return from;
  const char* start = text.data() + from;
  const std::size_t left = text.size() - from;
  const void* hit = needle.size() == 1 ? std::memchr(start, needle[0], left)
                                       : memmem(start, left, needle.data(), needle.size());
  if (hit == nullptr) return kNotFound;
  return static_cast<std::size_t>(static_cast<const char*>(hit) - text.data());
}

// Occurrences that do not overlap; requires a needle.
inline std::int64_t count_bytes(std::string_view text, std::string_view needle) {
  std::int64_t count = 0;
  for (std::size_t at = find_bytes(text, needle); at != kNotFound;
       at = find_bytes(text, needle, at + needle.size())) {
    ++count;
  }
  return count;
}

// Requires a `from`; a negative limit means all.
inline std::string replace_bytes(std::string_view text, std::string_view from, std::string_view to,
                                 std::int64_t limit) {
  std::string out;
  std::size_t done = 0;
  std::size_t at = limit == 0 ? kNotFound : find_bytes(text, from);
  if (at == kNotFound) return std::string(text);
  out.reserve(text.size() + (to.size() > from.size() ? text.size() / 8 : 0));
  while (at != kNotFound && limit-- != 0) {
    out.append(text, done, at - done);
    out.append(to);
    done = at + from.size();
    at = find_bytes(text, from, done);
  }
  out.append(text, done);
  return out;
}

// Python's meaning of text[start:end] for a sequence of `size`: negative indexes count from the
// end.
struct ClippedRange {
  std::int64_t start;
  std::int64_t end;
  bool empty() const { return start > end; }
};
inline ClippedRange clip_range(std::int64_t start, std::int64_t end, std::size_t size) {
  const auto length = static_cast<std::int64_t>(size);
  if (end > length) end = length;
  if (end < 0) end = end + length < 0 ? 0 : end + length;
  if (start < 0) start = start + length < 0 ? 0 : start + length;
  return {start, end};
}

}  // namespace gilbench
