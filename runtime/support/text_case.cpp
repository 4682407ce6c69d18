// Changing case, padding, and the questions about kinds of characters.
#include <algorithm>

#include "runtime/support/text.h"
#include "runtime/support/unicode.h"
#include "runtime/support/utf8.h"

namespace gilbench::text {

namespace {

using unicode::has;

constexpr std::uint32_t kCased = unicode::kUpper | unicode::kLower | unicode::kTitle;
constexpr char32_t kCapitalSigma = 0x3a3;
constexpr char32_t kFinalSigma = 0x3c2;

// Function objects rather than functions, so that the loops over them inline and vectorise. The
// cases of an ASCII letter differ in bit 5.
constexpr auto kAsciiUpper = [](char c) {
  return static_cast<char>(c ^ ((c >= 'a' && c <= 'z') << 5));
};
constexpr auto kAsciiLower = [](char c) {
  return static_cast<char>(c ^ ((c >= 'A' && c <= 'Z') << 5));
};
bool is_ascii_letter(char c) { return kAsciiLower(c) >= 'a' && kAsciiLower(c) <= 'z'; }

// The sigma at [start, end) ends a word: a letter with case goes before it and none comes after,
// whatever has no say in case between them.
bool is_final_sigma(std::string_view text, std::size_t start, std::size_t end) {
  bool cased_before = false;
  while (start > 0 && !cased_before) {
    const char32_t c = utf8::decode_back(text, &start);
    if (has(c, unicode::kCaseIgnorable)) continue;
    if (!has(c, kCased)) return false;
    cased_before = true;
  }
  while (end < text.size()) {
    const char32_t c = utf8::decode(text, &end);
    if (!has(c, unicode::kCaseIgnorable)) return cased_before && !has(c, kCased);
  }
  return cased_before;
}

void append_lower_in(std::string* out, std::string_view text, std::size_t start, std::size_t end,
                     char32_t c) {
  if (c == kCapitalSigma && is_final_sigma(text, start, end)) {
    utf8::append(out, kFinalSigma);
  } else {
    unicode::append_lower(out, c);
  }
}

// Calls append(out, start, end, code point) for each code point.
template <typename Append>
std::string transform(std::string_view text, Append append) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t start = i;
    const char32_t c = utf8::decode(text, &i);
    append(&out, start, i, c);
  }
  return out;
}

template <typename Change>
std::string transform_ascii(std::string_view text, Change change) {
  std::string out(text);
  for (char& c : out) c = change(c);
  return out;
}

// Not empty, and each code point has one of the properties.
bool all_have(std::string_view text, std::uint32_t any_of) {
  for (std::size_t i = 0; i < text.size();) {
    if (!has(utf8::decode(text, &i), any_of)) return false;
  }
  return !text.empty();
}

// No code point has one of `none_of`, and one at least has one of `some_of`.
bool some_and_none(std::string_view text, std::uint32_t some_of, std::uint32_t none_of) {
  bool some = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t properties = unicode::properties(utf8::decode(text, &i));
    if ((properties & none_of) != 0) return false;
    some |= (properties & some_of) != 0;
  }
  return some;
}

std::string padded(std::string_view text, std::int64_t left, std::int64_t right, char32_t fill) {
  std::string out = repeat(utf8::encode(fill), left);
  out.append(text);
  return out.append(repeat(utf8::encode(fill), right));
}

std::int64_t missing(std::string_view text, std::int64_t width) {
  return std::max<std::int64_t>(width - static_cast<std::int64_t>(utf8::code_point_count(text)), 0);
}

}  // namespace

std::string upper(std::string_view text) {
  if (utf8::is_ascii(text)) return transform_ascii(text, kAsciiUpper);
  return transform(text, [](std::string* out, std::size_t, std::size_t, char32_t c) {
    unicode::append_upper(out, c);
  });
}

std::string lower(std::string_view text) {
  if (utf8::is_ascii(text)) return transform_ascii(text, kAsciiLower);
  return transform(text, [text](std::string* out, std::size_t start, std::size_t end, char32_t c) {
    append_lower_in(out, text, start, end, c);
  });
}

std::string title(std::string_view text) {
  bool inside = false;
  if (utf8::is_ascii(text)) {
    return transform_ascii(text, [&inside](char c) {
      const char changed = inside ? kAsciiLower(c) : kAsciiUpper(c);
      inside = is_ascii_letter(c);
      return changed;
    });
  }
  return transform(text, [&](std::string* out, std::size_t start, std::size_t end, char32_t c) {
    if (inside) {
      append_lower_in(out, text, start, end, c);
    } else {
      unicode::append_title(out, c);
    }
    inside = has(c, kCased);
  });
}

std::string capitalize(std::string_view text) {
  if (utf8::is_ascii(text)) {
    std::string out = transform_ascii(text, kAsciiLower);
    if (!out.empty()) out[0] = kAsciiUpper(out[0]);
    return out;
  }
  return transform(text, [text](std::string* out, std::size_t start, std::size_t end, char32_t c) {
    if (start == 0) {
      unicode::append_title(out, c);
    } else {
      append_lower_in(out, text, start, end, c);
    }
  });
}

std::string swap_case(std::string_view text) {
  if (utf8::is_ascii(text)) {
    return transform_ascii(
        text, [](char c) { return kAsciiLower(c) == c ? kAsciiUpper(c) : kAsciiLower(c); });
  }
  return transform(text, [text](std::string* out, std::size_t start, std::size_t end, char32_t c) {
    if (has(c, unicode::kUpper)) {
      append_lower_in(out, text, start, end, c);
    } else if (has(c, unicode::kLower)) {
      unicode::append_upper(out, c);
    } else {
      utf8::append(out, c);
    }
  });
}

std::string case_fold(std::string_view text) {
  if (utf8::is_ascii(text)) return transform_ascii(text, kAsciiLower);
  return transform(text, [](std::string* out, std::size_t, std::size_t, char32_t c) {
    unicode::append_folded(out, c);
  });
}

std::string center(std::string_view text, std::int64_t width, char32_t fill) {
  const std::int64_t margin = missing(text, width);
  // The odd one goes left if the width is odd: CPython's rule.
  const std::int64_t left = margin / 2 + (margin & width & 1);
  return padded(text, left, margin - left, fill);
}
std::string ljust(std::string_view text, std::int64_t width, char32_t fill) {
  return padded(text, 0, missing(text, width), fill);
}
std::string rjust(std::string_view text, std::int64_t width, char32_t fill) {
  return padded(text, missing(text, width), 0, fill);
}

std::string zfill(std::string_view text, std::int64_t width) {
  const std::int64_t zeros = missing(text, width);
  std::string out = padded(text, zeros, 0, U'0');
  // A sign stays in front.
  if (zeros > 0 && !text.empty() && (text[0] == '-' || text[0] == '+')) {
    std::swap(out[0], out[static_cast<std::size_t>(zeros)]);
  }
  return out;
}

std::string expand_tabs(std::string_view text, std::int64_t tab_size) {
  std::string out;
  std::int64_t column = 0;
  for (const char c : text) {
    if (c == '\t') {
      if (tab_size <= 0) continue;
      const std::int64_t spaces = tab_size - column % tab_size;
      out.append(static_cast<std::size_t>(spaces), ' ');
      column += spaces;
      continue;
    }
    out.push_back(c);
    if (c == '\n' || c == '\r') {
      column = 0;
    } else if (!utf8::is_continuation(c)) {
      ++column;
    }
  }
  return out;
}

bool is_alpha(std::string_view text) { return all_have(text, unicode::kAlpha); }
bool is_digit(std::string_view text) { return all_have(text, unicode::kDigit); }
bool is_decimal(std::string_view text) { return all_have(text, unicode::kDecimal); }
bool is_numeric(std::string_view text) { return all_have(text, unicode::kNumeric); }
bool is_alnum(std::string_view text) {
  return all_have(text, unicode::kAlpha | unicode::kDecimal | unicode::kDigit | unicode::kNumeric);
}

bool is_space(std::string_view text) { return !text.empty() && lstrip(text).empty(); }

bool is_upper(std::string_view text) {
  return some_and_none(text, unicode::kUpper, unicode::kLower | unicode::kTitle);
}
bool is_lower(std::string_view text) {
  return some_and_none(text, unicode::kLower, unicode::kUpper | unicode::kTitle);
}

bool is_title(std::string_view text) {
  bool cased = false;
  bool inside = false;
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t properties = unicode::properties(utf8::decode(text, &i));
    const bool capital = (properties & (unicode::kUpper | unicode::kTitle)) != 0;
    const bool small = !capital && (properties & unicode::kLower) != 0;
    // Capitals begin words, and nothing else does.
    if ((capital && inside) || (small && !inside)) return false;
    inside = capital || small;
    cased |= inside;
  }
  return cased;
}

bool is_identifier(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const std::uint32_t wanted = i == 0 ? unicode::kIdentifierStart : unicode::kIdentifierPart;
    if (!has(utf8::decode(text, &i), wanted)) return false;
  }
  return !text.empty();
}

bool is_printable(std::string_view text) {
  return text.empty() || all_have(text, unicode::kPrintable);
}

}  // namespace gilbench::text
