// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "runtime/support/bytes.h"
#include "runtime/support/error.h"
#include "runtime/support/text.h"
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

// The parts, each followed by '|'.
std::string joined(const text::Views& parts) {
  std::string out;
  for (const std::string_view part : parts) out.append(part).push_back('|');
  return out;
}

TEST(Text, SplitAtWhitespace) {
  const struct {
    const char* text;
    int maxsplit;
    const char *split, *rsplit;
  } cases[] = {
      {"  a b\011c\012", -1, "a|b|c|", "a|b|c|"},
      {"  a b\011c\012", 1, "a|b\011c\012|", "  a b|c|"},
      {"  a b  ", 0, "a b  |", "  a b|"},
      {"", -1, "", ""},
      {"   ", -1, "", ""},
      {"x\343\200\200y\303\251\342\200\250z", -1, "x|y\303\251|z|", "x|y\303\251|z|"},
      {"a\034b\302\205c", -1, "a|b|c|", "a|b|c|"},
      {"one", 5, "one|", "one|"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(joined(text::split_whitespace(c.text, c.maxsplit)), c.split) << c.text;
    EXPECT_EQ(joined(text::rsplit_whitespace(c.text, c.maxsplit)), c.rsplit) << c.text;
  }
}

TEST(Text, SplitAtSeparators) {
  const struct {
    const char *text, *separator;
    int maxsplit;
    const char *split, *rsplit, *partition, *rpartition;
  } cases[] = {
      {"a,b,,c", ",", -1, "a|b||c|", "a|b||c|", "a|,|b,,c|", "a,b,|,|c|"},
      {"a,b,,c", ",", 2, "a|b|,c|", "a,b||c|", "a|,|b,,c|", "a,b,|,|c|"},
      {"aXXbXX", "XX", -1, "a|b||", "a|b||", "a|XX|bXX|", "aXXb|XX||"},
      {"aXXXb", "XX", -1, "a|Xb|", "aX|b|", "a|XX|Xb|", "aX|XX|b|"},
      {"", "x", -1, "|", "|", "|||", "|||"},
      {"\303\251-\303\251-", "-", 1, "\303\251|\303\251-|", "\303\251-\303\251||",
       "\303\251|-|\303\251-|", "\303\251-\303\251|-||"},
      {"abc", "z", 3, "abc|", "abc|", "abc|||", "||abc|"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(joined(text::split(c.text, c.separator, c.maxsplit)), c.split) << c.text;
    EXPECT_EQ(joined(text::rsplit(c.text, c.separator, c.maxsplit)), c.rsplit) << c.text;
    const text::Partition first = text::partition(c.text, c.separator);
    EXPECT_EQ(joined({first.before, first.separator, first.after}), c.partition);
    const text::Partition last = text::rpartition(c.text, c.separator);
    EXPECT_EQ(joined({last.before, last.separator, last.after}), c.rpartition);
  }
}

TEST(Text, SplitLines) {
  const struct {
    const char *text, *lines, *kept;
  } cases[] = {
      {"a\012b\015\012c\015d", "a|b|c|d|", "a\012|b\015\012|c\015|d|"},
      {"a\012\012", "a||", "a\012|\012|"},
      {"\012", "|", "\012|"},
      {"", "", ""},
      {"x\342\200\250y\013z\302\205w", "x|y|z|w|", "x\342\200\250|y\013|z\302\205|w|"},
      {"end\015", "end|", "end\015|"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(joined(text::split_lines(c.text)), c.lines);
    EXPECT_EQ(joined(text::split_lines(c.text, true)), c.kept);
  }
}

TEST(Text, Strip) {
  const struct {
    const char *text, *characters, *both, *left, *right, *set, *left_set, *right_set;
  } cases[] = {
      {"  a b ", " ", "a b", "a b ", "  a b", "a b", "a b ", "  a b"},
      {"\011\343\200\200x\302\240\012", "x", "x", "x\302\240\012", "\011\343\200\200x",
       "\011\343\200\200x\302\240\012", "\011\343\200\200x\302\240\012",
       "\011\343\200\200x\302\240\012"},
      {"xxabcxx", "x", "xxabcxx", "xxabcxx", "xxabcxx", "abc", "abcxx", "xxabc"},
      {"\303\251a\303\251", "\303\251z", "\303\251a\303\251", "\303\251a\303\251",
       "\303\251a\303\251", "a", "a\303\251", "\303\251a"},
      {"", " ", "", "", "", "", "", ""},
      {"...", ".", "...", "...", "...", "", "", ""},
      {"abc", "", "abc", "abc", "abc", "abc", "abc", "abc"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::strip(c.text), c.both);
    EXPECT_EQ(text::lstrip(c.text), c.left);
    EXPECT_EQ(text::rstrip(c.text), c.right);
    EXPECT_EQ(text::strip(c.text, c.characters), c.set);
    EXPECT_EQ(text::lstrip(c.text, c.characters), c.left_set);
    EXPECT_EQ(text::rstrip(c.text, c.characters), c.right_set);
  }
}

TEST(Text, FindByCodePoint) {
  const struct {
    const char *text, *needle;
    std::int64_t start, end, first, last, count;
    bool prefix, suffix;
  } cases[] = {
      {"hello", "l", 0, text::kEnd, 2, 3, 2, false, false},
      {"hello", "l", 3, text::kEnd, 3, 3, 1, true, false},
      {"hello", "l", -2, text::kEnd, 3, 3, 1, true, false},
      {"hello", "l", 0, 2, -1, -1, 0, false, false},
      {"hello", "", 2, text::kEnd, 2, 5, 4, true, true},
      {"hello", "", 6, text::kEnd, -1, -1, 0, false, false},
      {"hello", "", 5, text::kEnd, 5, 5, 1, true, true},
      {"h\303\251llo \303\251", "\303\251", 0, text::kEnd, 1, 6, 2, false, true},
      {"h\303\251llo \303\251", "\303\251", 2, text::kEnd, 6, 6, 1, false, true},
      {"h\303\251llo", "lo", -3, -1, -1, -1, 0, false, false},
      {"h\303\251llo", "", 1, 3, 1, 3, 3, true, true},
      {"aaaa", "aa", 0, text::kEnd, 0, 2, 2, true, true},
      {"abc", "abcd", 0, text::kEnd, -1, -1, 0, false, false},
      {"h\303\251llo", "l", -100, 100, 2, 3, 2, false, false},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::find(c.text, c.needle, c.start, c.end), c.first) << c.text;
    EXPECT_EQ(text::rfind(c.text, c.needle, c.start, c.end), c.last) << c.text;
    EXPECT_EQ(text::count(c.text, c.needle, c.start, c.end), c.count) << c.text;
    EXPECT_EQ(text::starts_with(c.text, c.needle, c.start, c.end), c.prefix) << c.text;
    EXPECT_EQ(text::ends_with(c.text, c.needle, c.start, c.end), c.suffix) << c.text;
  }
}

TEST(Text, Replace) {
  const struct {
    const char *text, *from, *to;
    int limit;
    const char* result;
  } cases[] = {
      {"banana", "a", "o", -1, "bonono"},
      {"banana", "a", "", 2, "bnna"},
      {"banana", "an", "<>", -1, "b<><>a"},
      {"abc", "", "-", -1, "-a-b-c-"},
      {"\303\251a", "", "-", 2, "-\303\251-a"},
      {"abc", "x", "y", -1, "abc"},
      {"abc", "a", "b", 0, "abc"},
      {"aaa", "aa", "b", -1, "ba"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::replace(c.text, c.from, c.to, c.limit), c.result);
  }
}

TEST(Text, Case) {
  const struct {
    const char *text, *upper, *lower, *title, *capitalized, *swapped, *folded;
  } cases[] = {
      {"Hello World", "HELLO WORLD", "hello world", "Hello World", "Hello world", "hELLO wORLD",
       "hello world"},
      {"", "", "", "", "", "", ""},
      {"stra\303\237e", "STRASSE", "stra\303\237e", "Stra\303\237e", "Stra\303\237e", "STRASSE",
       "strasse"},
      {"\316\221\316\243 \316\243\316\221\316\243.", "\316\221\316\243 \316\243\316\221\316\243.",
       "\316\261\317\202 \317\203\316\261\317\202.", "\316\221\317\202 \316\243\316\261\317\202.",
       "\316\221\317\202 \317\203\316\261\317\202.", "\316\261\317\202 \317\203\316\261\317\202.",
       "\316\261\317\203 \317\203\316\261\317\203."},
      {"\307\205x", "\307\204X", "\307\206x", "\307\205x", "\307\205x", "\307\205X", "\307\206x"},
      {"\357\254\203", "FFI", "\357\254\203", "Ffi", "Ffi", "FFI", "ffi"},
      {"\304\260\304\261", "\304\260I", "i\314\207\304\261", "\304\260\304\261", "\304\260\304\261",
       "i\314\207I", "i\314\207\304\261"},
      {"\303\211COLE d'\303\251t\303\251", "\303\211COLE D'\303\211T\303\211",
       "\303\251cole d'\303\251t\303\251", "\303\211cole D'\303\211t\303\251",
       "\303\211cole d'\303\251t\303\251", "\303\251cole D'\303\211T\303\211",
       "\303\251cole d'\303\251t\303\251"},
      {"they're b2b", "THEY'RE B2B", "they're b2b", "They'Re B2B", "They're b2b", "THEY'RE B2B",
       "they're b2b"},
      {"\360\220\220\250x", "\360\220\220\200X", "\360\220\220\250x", "\360\220\220\200x",
       "\360\220\220\200x", "\360\220\220\200X", "\360\220\220\250x"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::upper(c.text), c.upper);
    EXPECT_EQ(text::lower(c.text), c.lower);
    EXPECT_EQ(text::title(c.text), c.title);
    EXPECT_EQ(text::capitalize(c.text), c.capitalized);
    EXPECT_EQ(text::swap_case(c.text), c.swapped);
    EXPECT_EQ(text::case_fold(c.text), c.folded);
  }
}

TEST(Text, Pad) {
  const struct {
    const char* text;
    int width;
    const char *center, *left, *right, *zeros;
  } cases[] = {
      {"ab", 5, "**ab*", "ab   ", "\303\251\303\251\303\251ab", "000ab"},
      {"ab", 6, "**ab**", "ab    ", "\303\251\303\251\303\251\303\251ab", "0000ab"},
      {"abc", 6, "*abc**", "abc   ", "\303\251\303\251\303\251abc", "000abc"},
      {"h\303\251", 4, "*h\303\251*", "h\303\251  ", "\303\251\303\251h\303\251", "00h\303\251"},
      {"abc", 2, "abc", "abc", "abc", "abc"},
      {"-5", 5, "**-5*", "-5   ", "\303\251\303\251\303\251-5", "-0005"},
      {"+", 3, "*+*", "+  ", "\303\251\303\251+", "+00"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text::center(c.text, c.width, U'*'), c.center);
    EXPECT_EQ(text::ljust(c.text, c.width), c.left);
    EXPECT_EQ(text::rjust(c.text, c.width, 0xe9), c.right);
    EXPECT_EQ(text::zfill(c.text, c.width), c.zeros);
  }
}

// One digit for each question, in the order of the header.
std::string answers(std::string_view text) {
  const bool list[] = {text::is_alpha(text),      text::is_digit(text),    text::is_decimal(text),
                       text::is_numeric(text),    text::is_alnum(text),    text::is_space(text),
                       text::is_upper(text),      text::is_lower(text),    text::is_title(text),
                       text::is_identifier(text), text::is_printable(text)};
  std::string out;
  for (const bool answer : list) out.push_back(answer ? '1' : '0');
  return out;
}

TEST(Text, Questions) {
  const struct {
    const char *text, *answers;
  } cases[] = {
      {"", "00000000001"},
      {"abc", "10001001011"},
      {"ABC", "10001010011"},
      {"Abc Def", "00000000101"},
      {"aBc", "10001000011"},
      {"123", "01111000001"},
      {"\302\262", "01011000001"},
      {"\302\275", "00011000001"},
      {"\331\243", "01111000001"},
      {"a1", "00001001011"},
      {" \011", "00000100000"},
      {"\343\200\200", "00000100000"},
      {"_x9", "00000001011"},
      {"9x", "00001001001"},
      {"\303\251t\303\251", "10001001011"},
      {"\307\205", "10001000111"},
      {"\012", "00000100000"},
      {"a b", "00000001001"},
      {"\342\200\213", "00000000000"},
      {"\346\274\242", "10001000011"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(answers(c.text), c.answers) << c.text;
  }
}

TEST(Text, PiecesByIndex) {
  const std::string text = "h\303\251ll\346\274\242 \360\237\230\200!";
  EXPECT_EQ(text::at(text, 0), "h");
  EXPECT_EQ(text::at(text, 1), "\303\251");
  EXPECT_EQ(text::at(text, 4), "\346\274\242");
  EXPECT_EQ(text::at(text, 6), "\360\237\230\200");
  EXPECT_EQ(text::at(text, 7), "!");
  EXPECT_EQ(text::slice(text, 0, 8), "h\303\251ll\346\274\242 \360\237\230\200!");
  EXPECT_EQ(text::slice(text, 1, 2), "\303\251");
  EXPECT_EQ(text::slice(text, 4, 7), "\346\274\242 \360\237\230\200");
  EXPECT_EQ(text::slice(text, 3, 3), "");
  EXPECT_EQ(text::slice(text, 7, 8), "!");
  EXPECT_EQ(text::slice_step(text, 7, -1, 8), "!\360\237\230\200 \346\274\242ll\303\251h");
  EXPECT_EQ(text::slice_step(text, 0, 3, 3), "hl\360\237\230\200");
  EXPECT_EQ(text::slice_step("abcdef", 5, -2, 3), "fdb");
  EXPECT_EQ(utf8::code_point_count(text), 8u);
  EXPECT_EQ(utf8::byte_offset(text, 8), text.size());
  const std::string long_text = text + text + text + text;
  for (std::size_t i = 0; i < 32; ++i) {
    EXPECT_EQ(utf8::code_point_index(long_text, utf8::byte_offset(long_text, i)), i);
  }
}

TEST(Text, TheRest) {
  constexpr std::int64_t kHuge = std::int64_t{1} << 60;
  EXPECT_EQ(text::expand_tabs("a\011b\012\303\251\011c", 4), "a   b\012\303\251   c");
  EXPECT_EQ(text::expand_tabs("\011", 8), "        ");
  EXPECT_EQ(text::expand_tabs("a\011b", 0), "ab");
  EXPECT_EQ(text::repeat("ab", 3), "ababab");
  EXPECT_EQ(text::repeat("ab", -1), "");
  EXPECT_THROW(text::repeat("ab", kHuge), SupportError);
  EXPECT_THROW(text::ljust("ab", kHuge), SupportError);
  EXPECT_EQ(text::join(", ", {"a", "b", ""}), "a, b, ");
  EXPECT_EQ(text::join(", ", {}), "");
  EXPECT_EQ(text::remove_prefix("abab", "ab"), "ab");
  EXPECT_EQ(text::remove_suffix("abc", "ab"), "abc");
  EXPECT_EQ(error_of([] { text::split("abc", ""); }), "empty separator");
  EXPECT_EQ(error_of([] { text::partition("abc", ""); }), "empty separator");
}

TEST(Bytes, Methods) {
  EXPECT_EQ(bytes::hex("\001\377"), "01ff");
  EXPECT_EQ(bytes::from_hex(" 01 fF"), "\001\377");
  EXPECT_EQ(joined(bytes::split_whitespace(" a\xc2\x85 b ")), "a\xc2\x85|b|");
  EXPECT_EQ(joined(bytes::split_lines("a\vb\r\nc")), "a\vb|c|");
  EXPECT_EQ(bytes::strip("\x1c a ", " "), "\x1c a");
  EXPECT_EQ(bytes::find("\xc3\xa9x", "x"), 2);
  EXPECT_EQ(bytes::count("\xc3\xa9", ""), 3);
  EXPECT_EQ(bytes::replace("\xc3\xa9", "", "-"), "-\xc3-\xa9-");
  EXPECT_EQ(bytes::upper("a\xe9"), "A\xe9");
  EXPECT_EQ(error_of([] { bytes::from_hex("1"); }),
            "non-hexadecimal number found in fromhex() arg at position 1");
  EXPECT_EQ(error_of([] { bytes::from_hex("1g"); }),
            "non-hexadecimal number found in fromhex() arg at position 1");
  EXPECT_EQ(error_of([] { bytes::from_hex("12 3"); }),
            "non-hexadecimal number found in fromhex() arg at position 4");
  EXPECT_EQ(error_of([] { bytes::from_hex("\341\210\264"); }),
            "non-hexadecimal number found in fromhex() arg at position 0");
}

}  // namespace
}  // namespace gilbench
