// Only ASCII counts as space, letter or line break here; all other bytes are left as they are.
#include "runtime/support/bytes.h"

#include <algorithm>

#include "runtime/support/byte_search.h"
#include "runtime/support/error.h"

namespace gilbench::bytes {

namespace {

bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// bytes[start:end], or nothing where it starts beyond its end.
bool cut(std::string_view* bytes, ClippedRange* range, std::int64_t start, std::int64_t end) {
  *range = clip_range(start, end, bytes->size());
  if (range->empty()) return false;
  *bytes = bytes->substr(static_cast<std::size_t>(range->start),
                         static_cast<std::size_t>(range->end - range->start));
  return true;
}

}  // namespace

std::string hex(std::string_view bytes) {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out.push_back(kDigits[byte >> 4]);
    out.push_back(kDigits[byte & 15]);
  }
  return out;
}

std::string from_hex(std::string_view text) {
  const auto fail = [](std::size_t position) {
    throw_error(
        ErrorKind::kValueError,
        "non-hexadecimal number found in fromhex() arg at position " + std::to_string(position));
  };
  const auto foreign = std::find_if(text.begin(), text.end(),
                                    [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (foreign != text.end()) fail(static_cast<std::size_t>(foreign - text.begin()));
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    if (is_space(text[i])) {
      ++i;
      continue;
    }
    const int high = hex_value(text[i]);
    if (high < 0) fail(i);
    const int low = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    if (low < 0) fail(i + 1);
    out.push_back(static_cast<char>(high << 4 | low));
    i += 2;
  }
  return out;
}

text::Views split_whitespace(std::string_view bytes, std::int64_t maxsplit) {
  text::Views parts;
  bytes = lstrip(bytes);
  while (!bytes.empty()) {
    if (maxsplit-- == 0) {
      parts.push_back(bytes);
      break;
    }
    const auto end = std::find_if(bytes.begin(), bytes.end(), is_space);
    const auto size = static_cast<std::size_t>(end - bytes.begin());
    parts.push_back(bytes.substr(0, size));
    bytes = lstrip(bytes.substr(size));
  }
  return parts;
}

text::Views split_lines(std::string_view bytes, bool keep_ends) {
  text::Views lines;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find_first_of("\r\n"), bytes.size());
    std::size_t next = std::min(end + 1, bytes.size());
    if (bytes.substr(end).starts_with("\r\n")) ++next;
    lines.push_back(bytes.substr(0, keep_ends ? next : end));
    bytes.remove_prefix(next);
  }
  return lines;
}

std::string_view lstrip(std::string_view bytes, std::string_view characters) {
  return bytes.substr(std::min(bytes.find_first_not_of(characters), bytes.size()));
}
std::string_view rstrip(std::string_view bytes, std::string_view characters) {
  return bytes.substr(0, bytes.find_last_not_of(characters) + 1);
}
std::string_view strip(std::string_view bytes, std::string_view characters) {
  return lstrip(rstrip(bytes, characters), characters);
}

std::int64_t find(std::string_view bytes, std::string_view needle, std::int64_t start,
                  std::int64_t end) {
  ClippedRange range;
  if (!cut(&bytes, &range, start, end)) return -1;
  const std::size_t at = find_bytes(bytes, needle);
  return at == kNotFound ? -1 : range.start + static_cast<std::int64_t>(at);
}

std::int64_t rfind(std::string_view bytes, std::string_view needle, std::int64_t start,
                   std::int64_t end) {
  ClippedRange range;
  if (!cut(&bytes, &range, start, end)) return -1;
  const std::size_t at = bytes.rfind(needle);
  return at == kNotFound ? -1 : range.start + static_cast<std::int64_t>(at);
}

std::int64_t count(std::string_view bytes, std::string_view needle, std::int64_t start,
                   std::int64_t end) {
  ClippedRange range;
  if (!cut(&bytes, &range, start, end)) return 0;
  if (needle.empty()) return static_cast<std::int64_t>(bytes.size()) + 1;
  return count_bytes(bytes, needle);
}

bool starts_with(std::string_view bytes, std::string_view prefix, std::int64_t start,
                 std::int64_t end) {
  ClippedRange range;
  return cut(&bytes, &range, start, end) && bytes.starts_with(prefix);
}

bool ends_with(std::string_view bytes, std::string_view suffix, std::int64_t start,
               std::int64_t end) {
  ClippedRange range;
  return cut(&bytes, &range, start, end) && bytes.ends_with(suffix);
}

std::string replace(std::string_view bytes, std::string_view from, std::string_view to,
                    std::int64_t limit) {
  if (!from.empty()) return replace_bytes(bytes, from, to, limit);
  std::string out;
  std::size_t i = 0;
  while (limit-- != 0) {
    out.append(to);
    if (i == bytes.size()) return out;
    out.push_back(bytes[i++]);
  }
  return out.append(bytes.substr(i));
}

std::string upper(std::string_view bytes) {
  std::string out(bytes);
  for (char& c : out) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
  return out;
}

std::string lower(std::string_view bytes) {
  std::string out(bytes);
  for (char& c : out) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  return out;
}

}  // namespace gilbench::bytes
