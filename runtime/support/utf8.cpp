// Tests and counts go over a text eight bytes at a time; decoding goes by code points.
#include "runtime/support/utf8.h"

#include <bit>
#include <cstring>

namespace gilbench::utf8 {

namespace {

constexpr std::uint64_t kHighBits = 0x8080808080808080u;

std::uint64_t load8(const char* from) {
  std::uint64_t word;
  std::memcpy(&word, from, 8);
  return word;
}

// How many of eight bytes start a code point: those that are not 10xxxxxx.
std::size_t starts_in(std::uint64_t word) {
  const std::uint64_t continuation = (word >> 7) & ~(word >> 6) & 0x0101010101010101u;
  return 8 - static_cast<std::size_t>(std::popcount(continuation));
}

}  // namespace

bool is_ascii(std::string_view text) {
  const char* cursor = text.data();
  std::size_t left = text.size();
  for (; left >= 32; left -= 32, cursor += 32) {
    const std::uint64_t bits =
        load8(cursor) | load8(cursor + 8) | load8(cursor + 16) | load8(cursor + 24);
    if ((bits & kHighBits) != 0) return false;
  }
  for (; left >= 8; left -= 8, cursor += 8) {
    if ((load8(cursor) & kHighBits) != 0) return false;
  }
  for (; left > 0; --left, ++cursor) {
    if (static_cast<signed char>(*cursor) < 0) return false;
  }
  return true;
}

std::size_t code_point_count(std::string_view text) {
  std::size_t count = 0;
  const char* cursor = text.data();
  std::size_t left = text.size();
  for (; left >= 8; left -= 8, cursor += 8) count += starts_in(load8(cursor));
  for (; left > 0; --left, ++cursor) count += !is_continuation(*cursor);
  return count;
}

std::size_t byte_offset(std::string_view text, std::size_t index) {
  std::size_t offset = 0;
  // Whole words while the code point wanted does not start in them.
  while (text.size() - offset >= 8) {
    const std::size_t starts = starts_in(load8(text.data() + offset));
    if (starts > index) break;
    index -= starts;
    offset += 8;
  }
  while (offset < text.size() && is_continuation(text[offset])) ++offset;
  for (; index > 0 && offset < text.size(); --index) offset += sequence_length(text[offset]);
  return offset;
}

char32_t decode(std::string_view text, std::size_t* position) {
  const auto byte_at = [&](std::size_t i) {
    return static_cast<char32_t>(static_cast<unsigned char>(text[i]));
  };
  const std::size_t i = *position;
  const char32_t lead = byte_at(i);
  if (lead < 0x80) {
    *position = i + 1;
    return lead;
  }
  if (lead < 0xe0) {
    *position = i + 2;
    return (lead & 0x1f) << 6 | (byte_at(i + 1) & 0x3f);
  }
  if (lead < 0xf0) {
    *position = i + 3;
    return (lead & 0x0f) << 12 | (byte_at(i + 1) & 0x3f) << 6 | (byte_at(i + 2) & 0x3f);
  }
  *position = i + 4;
  return (lead & 0x07) << 18 | (byte_at(i + 1) & 0x3f) << 12 | (byte_at(i + 2) & 0x3f) << 6 |
         (byte_at(i + 3) & 0x3f);
}

char32_t decode_back(std::string_view text, std::size_t* position) {
  std::size_t start = *position - 1;
  while (is_continuation(text[start])) --start;
  *position = start;
  return decode(text, &start);
}

void append(std::string* out, char32_t c) {
  const auto tail = [c](int shift) { return static_cast<char>(0x80 | ((c >> shift) & 0x3f)); };
  if (c < 0x80) {
    out->push_back(static_cast<char>(c));
  } else if (c < 0x800) {
    out->push_back(static_cast<char>(0xc0 | (c >> 6)));
    out->push_back(tail(0));
  } else if (c < 0x10000) {
    out->push_back(static_cast<char>(0xe0 | (c >> 12)));
    out->push_back(tail(6));
    out->push_back(tail(0));
  } else {
    out->push_back(static_cast<char>(0xf0 | (c >> 18)));
    out->push_back(tail(12));
    out->push_back(tail(6));
    out->push_back(tail(0));
  }
}

std::string encode(char32_t code_point) {
  std::string text;
  append(&text, code_point);
  return text;
}

}  // namespace gilbench::utf8
