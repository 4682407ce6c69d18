// bytes.decode() and str.encode(): UTF-8, ASCII and Latin-1 with CPython's errors.
#include <array>
#include <cstdio>

#include "runtime/support/error.h"
#include "runtime/support/utf8.h"

namespace gilbench::utf8 {

namespace {

constexpr char32_t kReplacement = 0xfffd;

// What stands at the start of some bytes: a character, or `size` bytes that are none.
struct Sequence {
  std::size_t size;
  const char* error = nullptr;
};

bool is_surrogate(char32_t c) { return c >= 0xd800 && c <= 0xdfff; }

// The longest part that could begin a character counts as one error, as the Unicode standard
// advises.
Sequence examine(std::string_view bytes) {
  const auto byte_at = [&](std::size_t i) { return static_cast<unsigned char>(bytes[i]); };
  const unsigned lead = byte_at(0);
  if (lead < 0x80) return {1};
  if (lead < 0xc2 || lead > 0xf4) return {1, "invalid start byte"};
  const std::size_t length = sequence_length(bytes[0]);
  // The second byte's range keeps out overlong forms, surrogates and what is beyond U+10FFFF.
  const unsigned low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  for (std::size_t i = 1; i < length; ++i) {
    if (i == bytes.size()) return {i, "unexpected end of data"};
    const unsigned byte = byte_at(i);
    if (i == 1 ? byte < low || byte > high : !is_continuation(bytes[i])) {
      return {i, "invalid continuation byte"};
    }
  }
  return {length};
}

[[noreturn]] void throw_decode_error(const char* encoding, std::string_view bytes,
                                     std::size_t start, std::size_t size, const char* reason) {
  std::array<char, 200> message;
  if (size == 1) {
    std::snprintf(message.data(), message.size(),
                  "'%s' codec can't decode byte 0x%02x in position %zu: %s", encoding,
                  static_cast<unsigned>(static_cast<unsigned char>(bytes[start])), start, reason);
  } else {
    std::snprintf(message.data(), message.size(),
                  "'%s' codec can't decode bytes in position %zu-%zu: %s", encoding, start,
                  start + size - 1, reason);
  }
  throw_error(ErrorKind::kUnicodeDecodeError, message.data());
}

// `count` code points from index `start` on, of which the first is `first`.
[[noreturn]] void throw_encode_error(const char* encoding, char32_t first, std::size_t start,
                                     std::size_t count, const char* reason) {
  std::array<char, 200> message;
  if (count == 1) {
    const char* form = first <= 0xff ? "\\x%02x" : first <= 0xffff ? "\\u%04x" : "\\U%08x";
    std::array<char, 16> shown;
    std::snprintf(shown.data(), shown.size(), form, static_cast<unsigned>(first));
    std::snprintf(message.data(), message.size(),
                  "'%s' codec can't encode character '%s' in position %zu: %s", encoding,
                  shown.data(), start, reason);
  } else {
    std::snprintf(message.data(), message.size(),
                  "'%s' codec can't encode characters in position %zu-%zu: %s", encoding, start,
                  start + count - 1, reason);
  }
  throw_error(ErrorKind::kUnicodeEncodeError, message.data());
}

// Encodes by `put`, which says whether it could.
template <typename Put>
std::string encode_with(std::string_view text, Errors errors, const char* encoding,
                        const char* reason, Put put) {
  std::string out;
  out.reserve(text.size());
  std::size_t index = 0;
  for (std::size_t i = 0; i < text.size(); ++index) {
    const char32_t c = decode(text, &i);
    if (put(&out, c)) continue;
    if (errors == Errors::kReplace) out.push_back('?');
    if (errors != Errors::kStrict) continue;
    // The whole run of such characters is reported.
    std::size_t count = 1;
    std::string ignored;
    while (i < text.size() && !put(&ignored, decode(text, &i))) ++count;
    throw_encode_error(encoding, c, index, count, reason);
  }
  return out;
}

std::string encode_below(std::string_view text, Errors errors, const char* encoding,
                         const char* reason, char32_t limit) {
  return encode_with(text, errors, encoding, reason, [limit](std::string* out, char32_t c) {
    if (c >= limit) return false;
    out->push_back(static_cast<char>(c));
    return true;
  });
}

}  // namespace

bool is_valid(std::string_view bytes) {
  if (is_ascii(bytes)) return true;
  while (!bytes.empty()) {
    const Sequence sequence = examine(bytes);
    if (sequence.error != nullptr) return false;
    bytes.remove_prefix(sequence.size);
  }
  return true;
}

std::string decode_utf8(std::string_view bytes, Errors errors) {
  if (is_valid(bytes)) return std::string(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size();) {
    const Sequence sequence = examine(bytes.substr(i));
    if (sequence.error == nullptr) {
      out.append(bytes.substr(i, sequence.size));
    } else if (errors == Errors::kStrict) {
      throw_decode_error("utf-8", bytes, i, sequence.size, sequence.error);
    } else if (errors == Errors::kReplace) {
      append(&out, kReplacement);
    }
    i += sequence.size;
  }
  return out;
}

std::string decode_ascii(std::string_view bytes, Errors errors) {
  if (is_ascii(bytes)) return std::string(bytes);
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      out.push_back(bytes[i]);
    } else if (errors == Errors::kStrict) {
      throw_decode_error("ascii", bytes, i, 1, "ordinal not in range(128)");
    } else if (errors == Errors::kReplace) {
      append(&out, kReplacement);
    }
  }
  return out;
}

std::string decode_latin1(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (const char c : bytes) append(&out, static_cast<unsigned char>(c));
  return out;
}

std::string encode_utf8(std::string_view text, Errors errors) {
  if (is_valid(text)) return std::string(text);
  return encode_with(text, errors, "utf-8", "surrogates not allowed",
                     [](std::string* out, char32_t c) {
                       if (is_surrogate(c)) return false;
                       append(out, c);
                       return true;
                     });
}

std::string encode_ascii(std::string_view text, Errors errors) {
  if (is_ascii(text)) return std::string(text);
  return encode_below(text, errors, "ascii", "ordinal not in range(128)", 0x80);
}

std::string encode_latin1(std::string_view text, Errors errors) {
  if (is_ascii(text)) return std::string(text);
  return encode_below(text, errors, "latin-1", "ordinal not in range(256)", 0x100);
}

}  // namespace gilbench::utf8
