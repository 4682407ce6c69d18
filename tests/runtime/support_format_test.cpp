// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "runtime/support/error.h"
#include "runtime/support/format_spec.h"

namespace gilbench {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();

template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const SupportError& error) {
    return error.what();
  }
  return "no error";
}

TEST(FormatSpec, Integers) {
  const struct {
    std::int64_t value;
    const char *spec, *text;
  } cases[] = {
      {42, "", "42"},
      {42, "5", "   42"},
      {-42, "05", "-0042"},
      {42, "<5", "42   "},
      {42, "^5", " 42  "},
      {42, "*^7", "**42***"},
      {-42, "=6", "-   42"},
      {255, "x", "ff"},
      {255, "#X", "0XFF"},
      {255, "#b", "0b11111111"},
      {8, "#o", "0o10"},
      {1234567, ",", "1,234,567"},
      {1234567, "_", "1_234_567"},
      {65535, "_b", "1111_1111_1111_1111"},
      {1234, "010,", "00,001,234"},
      {1234, "08,", "0,001,234"},
      {-255, "#010x", "-0x00000ff"},
      {65, "c", "A"},
      {8364, "3c", "  \342\202\254"},
      {3, "+", "+3"},
      {3, " ", " 3"},
      {3, ".2f", "3.00"},
      {3, "e", "3.000000e+00"},
      {3, "%", "300.000000%"},
      {7, "\303\251>4", "\303\251\303\251\303\2517"},
      {5, "<05", "50000"},
      {3, "n", "3"},
      {std::numeric_limits<std::int64_t>::min(), "x", "-8000000000000000"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(format_int(c.value, c.spec), c.text) << c.spec;
  }
}

TEST(FormatSpec, BigIntegers) {
  const BigInt value = BigInt::from_digits("-123456789012345678901234567890");
  EXPECT_EQ(format_int(value, ""), "-123456789012345678901234567890");
  EXPECT_EQ(format_int(value, "d"), "-123456789012345678901234567890");
  EXPECT_EQ(format_int(value, ","), "-123,456,789,012,345,678,901,234,567,890");
  EXPECT_EQ(format_int(value, "x"), "-18ee90ff6c373e0ee4e3f0ad2");
  EXPECT_EQ(format_int(value, "#_X"), "-0X1_8EE9_0FF6_C373_E0EE_4E3F_0AD2");
  EXPECT_EQ(format_int(value, "45"), "              -123456789012345678901234567890");
  EXPECT_EQ(format_int(value, "=+45"), "-              123456789012345678901234567890");
  EXPECT_EQ(format_int(value, ".3e"), "-1.235e+29");
}

TEST(FormatSpec, Doubles) {
  const struct {
    double value;
    const char *spec, *text;
  } cases[] = {
      {3.14159, "", "3.14159"},
      {3.14159, ".2f", "3.14"},
      {2.5, ".0f", "2"},
      {3.5, ".0f", "4"},
      {1234567.891, ",.2f", "1,234,567.89"},
      {1e+20, "", "1e+20"},
      {1e+20, "f", "100000000000000000000.000000"},
      {1e-05, "g", "1e-05"},
      {123456789.0, "g", "1.23457e+08"},
      {1.0, "g", "1"},
      {1.0, "#g", "1.00000"},
      {1.5, "e", "1.500000e+00"},
      {1.5, ".0e", "2e+00"},
      {1.5, "#.0e", "2.e+00"},
      {-0.0, "", "-0.0"},
      {-0.001, "z.1f", "0.0"},
      {0.256, ".1%", "25.6%"},
      {kInf, "010", "0000000inf"},
      {-kInf, "F", "-INF"},
      {kNan, ">6", "   nan"},
      {12.0, ".2", "1.2e+01"},
      {12.0, ".3", "12.0"},
      {100.0, ".3", "1e+02"},
      {1e+16, "#", "1.e+16"},
      {1.5, "+08.2f", "+0001.50"},
      {1234.5, "012,.1f", "00,001,234.5"},
      {1e-07, ".3", "1e-07"},
      {kInf, "010,", "0000000inf"},
      {-1.5, "=8", "-    1.5"},
      {0.1, ".20f", "0.10000000000000000555"},
      {123.456, "G", "123.456"},
      {1e-10, "G", "1E-10"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(format_double(c.value, c.spec), c.text) << c.value << " as " << c.spec;
  }
}

TEST(FormatSpec, Text) {
  const struct {
    const char *value, *spec, *text;
  } cases[] = {
      {"abc", "", "abc"},
      {"abc", "5", "abc  "},
      {"abc", ">5", "  abc"},
      {"abc", "^6", " abc  "},
      {"abc", ".2", "ab"},
      {"h\303\251llo", "7.4s", "h\303\251ll   "},
      {"h\303\251", "*<4", "h\303\251**"},
      {"a", "\360\237\230\200^3", "\360\237\230\200a\360\237\230\200"},
      {"ab", "05", "ab000"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(format_str(c.value, c.spec), c.text) << c.spec;
  }
}

TEST(FormatSpec, IntegerErrors) {
  const struct {
    const char *spec, *message;
  } cases[] = {
      {"s", "Unknown format code 's' for object of type 'int'"},
      {"yy", "Invalid format specifier 'yy' for object of type 'int'"},
      {"5y5", "Invalid format specifier '5y5' for object of type 'int'"},
      {".3d", "Precision not allowed in integer format specifier"},
      {"zd", "Negative zero coercion (z) not allowed in integer format specifier"},
      {".", "Format specifier missing precision"},
      {"99999999999999999999", "Too many decimal digits in format string"},
      {",,", "Cannot specify ',' with ','."},
      {",_", "Cannot specify both ',' and '_'."},
      {"_,", "Cannot specify both ',' and '_'."},
      {",x", "Cannot specify ',' with 'x'."},
      {"_c", "Cannot specify '_' with 'c'."},
      {"+c", "Sign not allowed with integer format specifier 'c'"},
      {"#c", "Alternate form (#) not allowed with integer format specifier 'c'"},
      {"\341\210\264", "Unknown format code '\\x1234' for object of type 'int'"},
      {"Q", "Unknown format code 'Q' for object of type 'int'"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of([&] { format_int(std::int64_t{1}, c.spec); }), c.message) << c.spec;
  }
}

TEST(FormatSpec, DoubleErrors) {
  const struct {
    const char *spec, *message;
  } cases[] = {
      {"d", "Unknown format code 'd' for object of type 'float'"},
      {"c", "Unknown format code 'c' for object of type 'float'"},
      {"yy", "Invalid format specifier 'yy' for object of type 'float'"},
      {".", "Format specifier missing precision"},
      {".3000000000f", "precision too big"},
      {",s", "Cannot specify ',' with 's'."},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of([&] { format_double(1.0, c.spec); }), c.message) << c.spec;
  }
}

TEST(FormatSpec, TextErrors) {
  const struct {
    const char *spec, *message;
  } cases[] = {
      {"d", "Unknown format code 'd' for object of type 'str'"},
      {"=5", "'=' alignment not allowed in string format specifier"},
      {"+", "Sign not allowed in string format specifier"},
      {"# ", "Unknown format code '\\x20' for object of type 'str'"},
      {"#", "Alternate form (#) not allowed in string format specifier"},
      {" ", "Space not allowed in string format specifier"},
      {"z", "Negative zero coercion (z) not allowed in string format specifier"},
      {",", "Cannot specify ',' with 's'."},
      {"yyy", "Invalid format specifier 'yyy' for object of type 'str'"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(error_of([&] { format_str("a", c.spec); }), c.message) << c.spec;
  }
}

TEST(FormatSpec, ErrorsNameTheType) {
  EXPECT_EQ(error_of([] { format_int(std::int64_t{1}, "s", "bool"); }),
            "Unknown format code 's' for object of type 'bool'");
  EXPECT_EQ(error_of([] { format_int(std::int64_t{-1}, "c"); }), "%c arg not in range(0x110000)");
}

}  // namespace
}  // namespace gilbench
