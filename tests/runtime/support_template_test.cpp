// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <string>

#include "runtime/support/brace_format.h"
#include "runtime/support/error.h"
#include "runtime/support/percent_format.h"

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

// Formats with one integer, double or text for each conversion of its kind.
std::string percent(std::string_view format, std::int64_t integer, double number,
                    std::string_view text) {
  std::string out;
  PercentParser parser(format);
  while (parser.next()) {
    const PercentPiece& piece = parser.piece();
    if (piece.is_literal()) {
      out += piece.literal;
    } else if (std::string_view("eEfFgG").find(piece.conversion) != std::string_view::npos) {
      out += percent_double(number, piece);
    } else if (piece.conversion == 's') {
      out += percent_str(text, piece);
    } else {
      out += piece.conversion == 'c' ? percent_char(integer, piece) : percent_int(integer, piece);
    }
  }
  return out;
}

TEST(PercentFormat, Pieces) {
  const struct {
    const char* format;
    std::int64_t integer;
    double number;
    const char *text, *result;
  } cases[] = {
      {"%d", 42, -1.5, "h\303\251llo", "42"},
      {"%d", 255, 10000000000.0, "", "255"},
      {"a%%b%d", 42, -1.5, "h\303\251llo", "a%b42"},
      {"a%%b%d", 255, 10000000000.0, "", "a%b255"},
      {"%5d|", 42, -1.5, "h\303\251llo", "   42|"},
      {"%5d|", 255, 10000000000.0, "", "  255|"},
      {"%-5d|", 42, -1.5, "h\303\251llo", "42   |"},
      {"%-5d|", 255, 10000000000.0, "", "255  |"},
      {"%05d", 42, -1.5, "h\303\251llo", "00042"},
      {"%05d", 255, 10000000000.0, "", "00255"},
      {"%+d", 42, -1.5, "h\303\251llo", "+42"},
      {"%+d", 255, 10000000000.0, "", "+255"},
      {"% d", 42, -1.5, "h\303\251llo", " 42"},
      {"% d", 255, 10000000000.0, "", " 255"},
      {"%x", 42, -1.5, "h\303\251llo", "2a"},
      {"%x", 255, 10000000000.0, "", "ff"},
      {"%#x", 42, -1.5, "h\303\251llo", "0x2a"},
      {"%#x", 255, 10000000000.0, "", "0xff"},
      {"%#X", 42, -1.5, "h\303\251llo", "0X2A"},
      {"%#X", 255, 10000000000.0, "", "0XFF"},
      {"%#o", 42, -1.5, "h\303\251llo", "0o52"},
      {"%#o", 255, 10000000000.0, "", "0o377"},
      {"%.5d", 42, -1.5, "h\303\251llo", "00042"},
      {"%.5d", 255, 10000000000.0, "", "00255"},
      {"%08.3d", 42, -1.5, "h\303\251llo", "00000042"},
      {"%08.3d", 255, 10000000000.0, "", "00000255"},
      {"%i%u", 42, -1.5, "h\303\251llo", "4242"},
      {"%i%u", 255, 10000000000.0, "", "255255"},
      {"%ld", 42, -1.5, "h\303\251llo", "42"},
      {"%ld", 255, 10000000000.0, "", "255"},
      {"%c", 42, -1.5, "h\303\251llo", "*"},
      {"%c", 255, 10000000000.0, "", "\303\277"},
      {"%5c|", 42, -1.5, "h\303\251llo", "    *|"},
      {"%5c|", 255, 10000000000.0, "", "    \303\277|"},
      {"%f", 42, -1.5, "h\303\251llo", "-1.500000"},
      {"%f", 255, 10000000000.0, "", "10000000000.000000"},
      {"%.2f", 42, -1.5, "h\303\251llo", "-1.50"},
      {"%.2f", 255, 10000000000.0, "", "10000000000.00"},
      {"%010.3f", 42, -1.5, "h\303\251llo", "-00001.500"},
      {"%010.3f", 255, 10000000000.0, "", "10000000000.000"},
      {"%+.0e", 42, -1.5, "h\303\251llo", "-2e+00"},
      {"%+.0e", 255, 10000000000.0, "", "+1e+10"},
      {"%g", 42, -1.5, "h\303\251llo", "-1.5"},
      {"%g", 255, 10000000000.0, "", "1e+10"},
      {"%#g", 42, -1.5, "h\303\251llo", "-1.50000"},
      {"%#g", 255, 10000000000.0, "", "1.00000e+10"},
      {"%E", 42, -1.5, "h\303\251llo", "-1.500000E+00"},
      {"%E", 255, 10000000000.0, "", "1.000000E+10"},
      {"%s", 42, -1.5, "h\303\251llo", "h\303\251llo"},
      {"%s", 255, 10000000000.0, "", ""},
      {"%5s|", 42, -1.5, "h\303\251llo", "h\303\251llo|"},
      {"%5s|", 255, 10000000000.0, "", "     |"},
      {"%-5s|", 42, -1.5, "h\303\251llo", "h\303\251llo|"},
      {"%-5s|", 255, 10000000000.0, "", "     |"},
      {"%.2s", 42, -1.5, "h\303\251llo", "h\303\251"},
      {"%.2s", 255, 10000000000.0, "", ""},
      {"%05s", 42, -1.5, "h\303\251llo", "h\303\251llo"},
      {"%05s", 255, 10000000000.0, "", "     "},
      {"%%", 42, -1.5, "h\303\251llo", "%"},
      {"%%", 255, 10000000000.0, "", "%"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(percent(c.format, c.integer, c.number, c.text), c.result) << c.format;
  }
}

TEST(PercentFormat, Errors) {
  const struct {
    const char *format, *message;
  } cases[] = {
      {"%", "incomplete format"},
      {"%5", "incomplete format"},
      {"%y", "unsupported format character 'y' (0x79) at index 1"},
      {"ab%y", "unsupported format character 'y' (0x79) at index 3"},
      {"\303\251%y", "unsupported format character 'y' (0x79) at index 2"},
      {"%\341\210\264", "unsupported format character '?' (0x1234) at index 1"},
      {"%(a", "incomplete format key"},
      {"%99999999999999999999d", "width too big"},
      {"%.99999999999d", "precision too big"},
      {"%lld", "unsupported format character 'l' (0x6c) at index 2"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of([&] { percent(c.format, 1, 1, ""); }), c.message) << c.format;
  }
}

TEST(PercentFormat, KeysAndStars) {
  PercentParser parser("%(a(b)c)-*.*f");
  ASSERT_TRUE(parser.next());
  PercentPiece& piece = parser.piece();
  EXPECT_TRUE(piece.has_key);
  EXPECT_EQ(piece.key, "a(b)c");
  EXPECT_TRUE(piece.left);
  EXPECT_EQ(piece.width, PercentPiece::kStar);
  EXPECT_EQ(piece.precision, PercentPiece::kStar);
  piece.set_width(-8);
  piece.set_precision(2);
  EXPECT_EQ(percent_double(1.5, piece), "1.50    ");
  EXPECT_FALSE(parser.next());
}

TEST(PercentFormat, TypeErrors) {
  {
    PercentPiece piece;
    piece.conversion = 'd';
    EXPECT_EQ(error_of([&] { throw_percent_type_error(piece, "str"); }),
              "%d format: a real number is required, not str");
  }
  {
    PercentPiece piece;
    piece.conversion = 'x';
    EXPECT_EQ(error_of([&] { throw_percent_type_error(piece, "float"); }),
              "%x format: an integer is required, not float");
  }
  {
    PercentPiece piece;
    piece.conversion = 'f';
    EXPECT_EQ(error_of([&] { throw_percent_type_error(piece, "str"); }),
              "must be real number, not str");
  }
  {
    PercentPiece piece;
    piece.conversion = 'c';
    EXPECT_EQ(error_of([&] { throw_percent_type_error(piece, "float"); }),
              "%c requires int or char");
  }
}

// "literal<first.steps!conversion:spec>" for each piece, "+" where the spec has fields.
std::string braces(std::string_view format) {
  std::string out;
  BraceParser parser(format);
  FieldNumbering numbering;
  while (parser.next()) {
    const BracePiece& piece = parser.piece();
    out += piece.literal;
    if (!piece.has_field) continue;
    FieldPath path(piece.field_name);
    out += '<';
    if (const auto* number = std::get_if<std::int64_t>(&path.first())) {
      numbering.use_manual();
      out += std::to_string(*number);
    } else if (std::get<std::string_view>(path.first()).empty()) {
      out += std::to_string(numbering.next_automatic());
    } else {
      out += std::get<std::string_view>(path.first());
    }
    FieldPath::Step step;
    while (path.next(&step)) {
      out += step.is_attribute ? '.' : '[';
      if (const auto* number = std::get_if<std::int64_t>(&step.key)) {
        out += '#' + std::to_string(*number);
      } else {
        out += std::get<std::string_view>(step.key);
      }
    }
    if (piece.conversion != 0) out += std::string("!") + static_cast<char>(piece.conversion);
    out += ':' + std::string(piece.spec) + (piece.spec_has_fields ? "+>" : ">");
  }
  return out;
}

TEST(BraceFormat, Pieces) {
  EXPECT_EQ(braces("a{{b}}c"), "a{b}c");
  EXPECT_EQ(braces("{} and {!r:>5}"), "<0:> and <1!r:>5>");
  EXPECT_EQ(braces("{0.name[key].x[3]:{w}}"), "<0.name[key.x[#3:{w}+>");
  EXPECT_EQ(braces("{name}{0[}]}"), "<name:><0[}:>");
  EXPECT_EQ(braces("{{{x}}}"), "{<x:>}");
}

TEST(BraceFormat, Errors) {
  const struct {
    const char *format, *message;
  } cases[] = {
      {"{", "Single '{' encountered in format string"},
      {"}", "Single '}' encountered in format string"},
      {"{0", "expected '}' before end of string"},
      {"{0!", "end of string while looking for conversion specifier"},
      {"{0!r", "unmatched '{' in format spec"},
      {"{0!rr}", "expected ':' after conversion specifier"},
      {"{0!}", "unmatched '{' in format spec"},
      {"{a{b}}", "unexpected '{' in field name"},
      {"{:{", "unmatched '{' in format spec"},
      {"{.}", "Empty attribute in format string"},
      {"{[]}", "Empty attribute in format string"},
      {"{0[a]b}", "Only '.' or '[' may follow ']' in format field specifier"},
      {"{} {0}", "cannot switch from automatic field numbering to manual field specification"},
      {"{0} {}", "cannot switch from manual field specification to automatic field numbering"},
      {"{99999999999999999999}", "Too many decimal digits in format string"},
      {"{0..a}", "Empty attribute in format string"},
      {"{0[a", "expected '}' before end of string"},
      {"{:}}", "Single '}' encountered in format string"},
      {"a}b", "Single '}' encountered in format string"},
      {"a{b", "expected '}' before end of string"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of([&] { braces(c.format); }), c.message) << c.format;
  }
}

TEST(BraceFormat, UnknownConversion) {
  EXPECT_EQ(error_of([] { throw_unknown_conversion(U'x'); }), "Unknown conversion specifier x");
  EXPECT_EQ(error_of([] { throw_unknown_conversion(0x1234); }),
            "Unknown conversion specifier \\x1234");
}

}  // namespace
}  // namespace gilbench
