// UTF-8, the inner form of str. A str may hold lone surrogates (three bytes each, as if they were
// characters); such text cannot be encoded, as in CPython.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace gilbench::utf8 {

inline constexpr char32_t kMaxCodePoint = 0x10ffff;

bool is_ascii(std::string_view text);
std::size_t code_point_count(std::string_view text);
// Where code point `index` starts; text.size() when index is the count. Requires index <= count.
std::size_t byte_offset(std::string_view text, std::size_t index);
// The code point index of a byte offset (a boundary).
inline std::size_t code_point_index(std::string_view text, std::size_t offset) {
  return code_point_count(text.substr(0, offset));
}

// The length of the sequence that starts with `lead`, in text known to be valid.
inline std::size_t sequence_length(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}
inline bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

// The code point at *position, which moves past it. Requires valid text.
char32_t decode(std::string_view text, std::size_t* position);
// The code point that ends at *position, which moves to its start.
char32_t decode_back(std::string_view text, std::size_t* position);
void append(std::string* out, char32_t code_point);
std::string encode(char32_t code_point);

// What to do with what cannot be decoded or encoded.
enum class Errors { kStrict, kIgnore, kReplace };

// bytes.decode(): UTF-8 text from bytes in that encoding. UnicodeDecodeError with CPython's
// message.
std::string decode_utf8(std::string_view bytes, Errors errors = Errors::kStrict);
std::string decode_ascii(std::string_view bytes, Errors errors = Errors::kStrict);
std::string decode_latin1(std::string_view bytes);
// str.encode(). UnicodeEncodeError with CPython's message.
std::string encode_utf8(std::string_view text, Errors errors = Errors::kStrict);
std::string encode_ascii(std::string_view text, Errors errors = Errors::kStrict);
std::string encode_latin1(std::string_view text, Errors errors = Errors::kStrict);

bool is_valid(std::string_view bytes);

}  // namespace gilbench::utf8
