// Chooses the quotes, then goes from character to character and escapes what cannot be printed
// (under ascii(), and in bytes, all that is not ASCII).
#include "runtime/support/repr.h"

#include "runtime/support/unicode.h"
#include "runtime/support/utf8.h"

namespace gilbench {

namespace {

constexpr char kHexDigits[] = "0123456789abcdef";

void append_hex(std::string* out, char letter, char32_t c, int digits) {
  out->push_back('\\');
  out->push_back(letter);
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
    out->push_back(kHexDigits[(c >> shift) & 0xf]);
  }
}

void append_escape(std::string* out, char32_t c) {
  if (c <= 0xff) {
    append_hex(out, 'x', c, 2);
  } else if (c <= 0xffff) {
    append_hex(out, 'u', c, 4);
  } else {
    append_hex(out, 'U', c, 8);
  }
}

// Single quotes, unless only these stand in the text.
char choose_quote(std::string_view text) {
  const bool has_single = text.find('\'') != std::string_view::npos;
  return has_single && text.find('"') == std::string_view::npos ? '"' : '\'';
}

// One byte below 0x80, escaped where repr() escapes it.
void append_ascii(std::string* out, char c, char quote) {
  switch (c) {
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    default:
      break;
  }
  if (c == quote || c == '\\') {
    out->push_back('\\');
    out->push_back(c);
  } else if (c < ' ' || c == '\x7f') {
    append_escape(out, static_cast<unsigned char>(c));
  } else {
    out->push_back(c);
  }
}

std::string repr_with(std::string_view text, bool ascii_only) {
  const char quote = choose_quote(text);
  std::string out;
  out.reserve(text.size() + 2);
  out.push_back(quote);
  for (std::size_t i = 0; i < text.size();) {
    const char byte = text[i];
    if (static_cast<unsigned char>(byte) < 0x80) {
      append_ascii(&out, byte, quote);
      ++i;
      continue;
    }
    const std::size_t start = i;
    const char32_t c = utf8::decode(text, &i);
    if (!ascii_only && unicode::has(c, unicode::kPrintable)) {
      out.append(text.substr(start, i - start));
    } else {
      append_escape(&out, c);
    }
  }
  out.push_back(quote);
  return out;
}

}  // namespace

std::string repr_str(std::string_view text) { return repr_with(text, false); }
std::string ascii_repr(std::string_view text) { return repr_with(text, true); }

std::string repr_bytes(std::string_view bytes) {
  const char quote = choose_quote(bytes);
  std::string out = "b";
  out.reserve(bytes.size() + 3);
  out.push_back(quote);
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) < 0x80) {
      append_ascii(&out, c, quote);
    } else {
      append_escape(&out, static_cast<unsigned char>(c));
    }
  }
  out.push_back(quote);
  return out;
}

std::string escape_non_ascii(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    const char32_t c = utf8::decode(text, &i);
    if (c < 0x80) {
      out.push_back(static_cast<char>(c));
    } else {
      append_escape(&out, c);
    }
  }
  return out;
}

}  // namespace gilbench
