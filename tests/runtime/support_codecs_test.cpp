// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <string>

#include "runtime/support/error.h"
#include "runtime/support/repr.h"
#include "runtime/support/utf8.h"

namespace gilbench {
namespace {

template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const SupportError& error) {
    return error.what();
  }
  return "no error";
}

TEST(Repr, OfText) {
  const struct {
    std::string_view text;
    const char *repr, *ascii;
  } cases[] = {
      {"", "''", "''"},
      {"abc", "'abc'", "'abc'"},
      {"it's", "\"it's\"", "\"it's\""},
      {"say \"hi\"", "'say \"hi\"'", "'say \"hi\"'"},
      {"it's \"x\"", "'it\\'s \"x\"'", "'it\\'s \"x\"'"},
      {"a\\b", "'a\\\\b'", "'a\\\\b'"},
      {std::string_view("\012\015\011\000\037\177", 6), "'\\n\\r\\t\\x00\\x1f\\x7f'",
       "'\\n\\r\\t\\x00\\x1f\\x7f'"},
      {"\303\251\346\274\242\360\237\230\200", "'\303\251\346\274\242\360\237\230\200'",
       "'\\xe9\\u6f22\\U0001f600'"},
      {"\302\255\342\200\213\342\200\250\356\200\200", "'\\xad\\u200b\\u2028\\ue000'",
       "'\\xad\\u200b\\u2028\\ue000'"},
      {"\355\240\200", "'\\ud800'", "'\\ud800'"},
      {"\363\240\200\201", "'\\U000e0001'", "'\\U000e0001'"},
      {"\302\240", "'\\xa0'", "'\\xa0'"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(repr_str(c.text), c.repr);
    EXPECT_EQ(ascii_repr(c.text), c.ascii);
    EXPECT_EQ(escape_non_ascii(c.repr), c.ascii);
  }
}

TEST(Repr, OfBytes) {
  const struct {
    std::string_view bytes;
    const char* repr;
  } cases[] = {
      {"", "b''"},
      {"abc", "b'abc'"},
      {"it's", "b\"it's\""},
      {"\"'", "b'\"\\''"},
      {std::string_view("\000\377\\\012", 4), "b'\\x00\\xff\\\\\\n'"},
      {"\303\251", "b'\\xc3\\xa9'"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(repr_bytes(c.bytes), c.repr);
  }
}

TEST(Codecs, DecodeUtf8) {
  const struct {
    const char *bytes, *strict, *ignored, *replaced;
  } cases[] = {
      {"abc", "abc", "abc", "abc"},
      {"\303\251\346\274\242\360\237\230\200", "\303\251\346\274\242\360\237\230\200",
       "\303\251\346\274\242\360\237\230\200", "\303\251\346\274\242\360\237\230\200"},
      {"\377", "'utf-8' codec can't decode byte 0xff in position 0: invalid start byte", "",
       "\357\277\275"},
      {"a\303", "'utf-8' codec can't decode byte 0xc3 in position 1: unexpected end of data", "a",
       "a\357\277\275"},
      {"a\303b", "'utf-8' codec can't decode byte 0xc3 in position 1: invalid continuation byte",
       "ab", "a\357\277\275b"},
      {"\342\202", "'utf-8' codec can't decode bytes in position 0-1: unexpected end of data", "",
       "\357\277\275"},
      {"\342\202a", "'utf-8' codec can't decode bytes in position 0-1: invalid continuation byte",
       "a", "\357\277\275a"},
      {"\355\240\200",
       "'utf-8' codec can't decode byte 0xed in position 0: invalid continuation byte", "",
       "\357\277\275\357\277\275\357\277\275"},
      {"\364\220\200\200",
       "'utf-8' codec can't decode byte 0xf4 in position 0: invalid continuation byte", "",
       "\357\277\275\357\277\275\357\277\275\357\277\275"},
      {"\300\200", "'utf-8' codec can't decode byte 0xc0 in position 0: invalid start byte", "",
       "\357\277\275\357\277\275"},
      {"\200", "'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte", "",
       "\357\277\275"},
      {"a\360\237\230", "'utf-8' codec can't decode bytes in position 1-3: unexpected end of data",
       "a", "a\357\277\275"},
      {"\360\200\200\200",
       "'utf-8' codec can't decode byte 0xf0 in position 0: invalid continuation byte", "",
       "\357\277\275\357\277\275\357\277\275\357\277\275"},
  };
  for (const auto& c : cases) {
    std::string strict;
    const std::string error = error_of([&] { strict = utf8::decode_utf8(c.bytes); });
    EXPECT_EQ(utf8::is_valid(c.bytes), error == "no error");
    EXPECT_EQ(utf8::is_valid(c.bytes) ? strict : error, c.strict);
    EXPECT_EQ(utf8::decode_utf8(c.bytes, utf8::Errors::kIgnore), c.ignored);
    EXPECT_EQ(utf8::decode_utf8(c.bytes, utf8::Errors::kReplace), c.replaced);
  }
}

TEST(Codecs, EncodeErrors) {
  EXPECT_EQ(error_of([] { utf8::encode_utf8("\355\240\200"); }),
            "'utf-8' codec can't encode character '\\ud800' in position 0: surrogates not allowed");
  EXPECT_EQ(error_of([] { utf8::encode_utf8("a\355\240\200\355\240\201b"); }),
            "'utf-8' codec can't encode characters in position 1-2: surrogates not allowed");
  EXPECT_EQ(error_of([] { utf8::encode_ascii("\303\251\341\210\264"); }),
            "'ascii' codec can't encode characters in position 0-1: ordinal not in range(128)");
  EXPECT_EQ(
      error_of([] { utf8::encode_ascii("x\303\251"); }),
      "'ascii' codec can't encode character '\\xe9' in position 1: ordinal not in range(128)");
  EXPECT_EQ(
      error_of([] { utf8::encode_latin1("\341\210\264"); }),
      "'latin-1' codec can't encode character '\\u1234' in position 0: ordinal not in range(256)");
  EXPECT_EQ(error_of([] { utf8::encode_latin1("\360\237\230\200"); }),
            "'latin-1' codec can't encode character '\\U0001f600' in position 0: ordinal not in "
            "range(256)");
  EXPECT_EQ(error_of([] { utf8::encode_latin1("\303\251\341\210\264\341\210\265y\341\210\266"); }),
            "'latin-1' codec can't encode characters in position 1-2: ordinal not in range(256)");
  EXPECT_EQ(error_of([] { utf8::decode_ascii("a\351"); }),
            "'ascii' codec can't decode byte 0xe9 in position 1: ordinal not in range(128)");
}

TEST(Codecs, OtherEncodings) {
  EXPECT_EQ(utf8::encode_latin1("a\303\251"), "a\351");
  EXPECT_EQ(utf8::decode_latin1("a\351"), "a\303\251");
  EXPECT_EQ(utf8::encode_ascii("a\303\251b", utf8::Errors::kReplace), "a?b");
  EXPECT_EQ(utf8::encode_ascii("a\303\251b", utf8::Errors::kIgnore), "ab");
  EXPECT_EQ(utf8::decode_ascii("a\351b", utf8::Errors::kIgnore), "ab");
  EXPECT_EQ(utf8::encode_utf8("\355\240\200", utf8::Errors::kReplace), "?");
}

TEST(Utf8, CodePointsThereAndBack) {
  for (const char32_t c :
       {0x0u, 0x7fu, 0x80u, 0x7ffu, 0x800u, 0xd800u, 0xffffu, 0x10000u, 0x10ffffu}) {
    const std::string text = utf8::encode(c) + "x";
    std::size_t position = 0;
    EXPECT_EQ(utf8::decode(text, &position), c);
    EXPECT_EQ(position, text.size() - 1);
    EXPECT_EQ(utf8::decode_back(text, &position), c);
    EXPECT_EQ(position, 0u);
    EXPECT_EQ(utf8::code_point_count(text), 2u);
  }
}

TEST(Utf8, AsciiAtEveryLengthAndPlace) {
  for (std::size_t size = 0; size < 70; ++size) {
    std::string text(size, 'a');
    EXPECT_TRUE(utf8::is_ascii(text));
    for (std::size_t i = 0; i < size; ++i) {
      text[i] = '\x80';
      EXPECT_FALSE(utf8::is_ascii(text)) << i << " of " << size;
      text[i] = 'a';
    }
  }
}

}  // namespace
}  // namespace gilbench
