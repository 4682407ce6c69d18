// Splitting and stripping of text.
#include <algorithm>
#include <array>
#include <bitset>

#include "runtime/support/byte_search.h"
#include "runtime/support/error.h"
#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/support/utf8.h"

namespace gilbench::text {

namespace {

constexpr std::array<bool, 256> kAsciiSpace = [] {
  std::array<bool, 256> table{};
  for (const char c : std::string_view("\t\n\v\f\r\x1c\x1d\x1e\x1f ")) {
    table[static_cast<unsigned char>(c)] = true;
  }
  return table;
}();

bool is_ascii_byte(char c) { return static_cast<unsigned char>(c) < 0x80; }

// The size of the whitespace character at `position`, 0 if there is none.
std::size_t space_at(std::string_view text, std::size_t position) {
  const char c = text[position];
  if (is_ascii_byte(c)) return kAsciiSpace[static_cast<unsigned char>(c)] ? 1 : 0;
  std::size_t end = position;
  return unicode::is_space(utf8::decode(text, &end)) ? end - position : 0;
}

// The size of the whitespace character that ends at `position`, 0 if there is none.
std::size_t space_before(std::string_view text, std::size_t position) {
  const char c = text[position - 1];
  if (is_ascii_byte(c)) return kAsciiSpace[static_cast<unsigned char>(c)] ? 1 : 0;
  std::size_t start = position;
  return unicode::is_space(utf8::decode_back(text, &start)) ? position - start : 0;
}

std::size_t skip_spaces(std::string_view text, std::size_t position) {
  while (position < text.size()) {
    const std::size_t size = space_at(text, position);
    if (size == 0) break;
    position += size;
  }
  return position;
}

std::size_t skip_spaces_back(std::string_view text, std::size_t position) {
  while (position > 0) {
    const std::size_t size = space_before(text, position);
    if (size == 0) break;
    position -= size;
  }
  return position;
}

// The end of the word at `position`.
std::size_t skip_word(std::string_view text, std::size_t position) {
  while (position < text.size()) {
    const auto byte = static_cast<unsigned char>(text[position]);
    if (byte < 0x80) {
      if (kAsciiSpace[byte]) break;
      ++position;
    } else {
      if (space_at(text, position) != 0) break;
      position += utf8::sequence_length(text[position]);
    }
  }
  return position;
}

std::size_t skip_word_back(std::string_view text, std::size_t position) {
  while (position > 0 && space_before(text, position) == 0) {
    --position;
    while (utf8::is_continuation(text[position])) --position;
  }
  return position;
}

void check_separator(std::string_view separator) {
  if (separator.empty()) throw_error(ErrorKind::kValueError, "empty separator");
}

// A set of characters, with a bitmap for the ASCII ones.
class CharacterSet {
 public:
  explicit CharacterSet(std::string_view characters) {
    for (std::size_t i = 0; i < characters.size();) {
      const char32_t c = utf8::decode(characters, &i);
      if (c < 0x80) {
        ascii_.set(c);
      } else {
        others_.push_back(c);
      }
    }
  }
  bool contains(char32_t c) const {
    return c < 0x80 ? ascii_.test(c) : others_.find(c) != std::u32string::npos;
  }

 private:
  std::bitset<128> ascii_;
  std::u32string others_;
};

std::size_t skip_set(std::string_view text, const CharacterSet& set) {
  std::size_t position = 0;
  while (position < text.size()) {
    std::size_t next = position;
    if (!set.contains(utf8::decode(text, &next))) break;
    position = next;
  }
  return position;
}

std::size_t skip_set_back(std::string_view text, const CharacterSet& set) {
  std::size_t position = text.size();
  while (position > 0) {
    std::size_t previous = position;
    if (!set.contains(utf8::decode_back(text, &previous))) break;
    position = previous;
  }
  return position;
}

}  // namespace

Views split_whitespace(std::string_view text, std::int64_t maxsplit) {
  Views parts;
  std::size_t position = skip_spaces(text, 0);
  while (position < text.size()) {
    if (maxsplit == 0) {
      parts.push_back(text.substr(position));  // the whitespace at its end stays
      break;
    }
    const std::size_t end = skip_word(text, position);
    parts.push_back(text.substr(position, end - position));
    position = skip_spaces(text, end);
    --maxsplit;
  }
  return parts;
}

Views rsplit_whitespace(std::string_view text, std::int64_t maxsplit) {
  Views parts;
  std::size_t position = skip_spaces_back(text, text.size());
  while (position > 0) {
    if (maxsplit == 0) {
      parts.push_back(text.substr(0, position));
      break;
    }
    const std::size_t start = skip_word_back(text, position);
    parts.push_back(text.substr(start, position - start));
    position = skip_spaces_back(text, start);
    --maxsplit;
  }
  std::reverse(parts.begin(), parts.end());
  return parts;
}

Views split(std::string_view text, std::string_view separator, std::int64_t maxsplit) {
  check_separator(separator);
  Views parts;
  std::size_t start = 0;
  while (maxsplit-- != 0) {
    const std::size_t at = find_bytes(text, separator, start);
    if (at == kNotFound) break;
    parts.push_back(text.substr(start, at - start));
    start = at + separator.size();
  }
  parts.push_back(text.substr(start));
  return parts;
}

Views rsplit(std::string_view text, std::string_view separator, std::int64_t maxsplit) {
  check_separator(separator);
  Views parts;
  while (maxsplit-- != 0) {
    const std::size_t at = text.rfind(separator);
    if (at == kNotFound) break;
    parts.push_back(text.substr(at + separator.size()));
    text = text.substr(0, at);
  }
  parts.push_back(text);
  std::reverse(parts.begin(), parts.end());
  return parts;
}

Views split_lines(std::string_view text, bool keep_ends) {
  Views lines;
  std::size_t start = 0;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t end = i;
    if (!unicode::is_line_break(utf8::decode(text, &i))) continue;
    if (text[end] == '\r' && i < text.size() && text[i] == '\n') ++i;
    lines.push_back(text.substr(start, (keep_ends ? i : end) - start));
    start = i;
  }
  if (start < text.size()) lines.push_back(text.substr(start));
  return lines;
}

Partition partition(std::string_view text, std::string_view separator) {
  check_separator(separator);
  const std::size_t at = find_bytes(text, separator);
  if (at == kNotFound) return {text, {}, {}};
  return {text.substr(0, at), text.substr(at, separator.size()),
          text.substr(at + separator.size())};
}

Partition rpartition(std::string_view text, std::string_view separator) {
  check_separator(separator);
  const std::size_t at = text.rfind(separator);
  if (at == kNotFound) return {{}, {}, text};
  return {text.substr(0, at), text.substr(at, separator.size()),
          text.substr(at + separator.size())};
}

std::string_view lstrip(std::string_view text) { return text.substr(skip_spaces(text, 0)); }
std::string_view rstrip(std::string_view text) {
  return text.substr(0, skip_spaces_back(text, text.size()));
}
std::string_view strip(std::string_view text) { return lstrip(rstrip(text)); }

std::string_view lstrip(std::string_view text, std::string_view characters) {
  return text.substr(skip_set(text, CharacterSet(characters)));
}
std::string_view rstrip(std::string_view text, std::string_view characters) {
  return text.substr(0, skip_set_back(text, CharacterSet(characters)));
}
std::string_view strip(std::string_view text, std::string_view characters) {
  const CharacterSet set(characters);
  text = text.substr(0, skip_set_back(text, set));
  return text.substr(skip_set(text, set));
}

std::string_view remove_prefix(std::string_view text, std::string_view prefix) {
  return text.starts_with(prefix) ? text.substr(prefix.size()) : text;
}
std::string_view remove_suffix(std::string_view text, std::string_view suffix) {
  return text.ends_with(suffix) ? text.substr(0, text.size() - suffix.size()) : text;
}

}  // namespace gilbench::text
