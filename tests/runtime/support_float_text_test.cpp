// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "runtime/support/error.h"
#include "runtime/support/float_text.h"

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

std::string text_of(const Integer& value) {
  if (const auto* small = std::get_if<std::int64_t>(&value)) return std::to_string(*small);
  return std::get<BigInt>(value).to_string();
}

TEST(FloatText, Repr) {
  const struct {
    double value;
    const char* text;
  } cases[] = {
      {0.0, "0.0"},
      {-0.0, "-0.0"},
      {1.0, "1.0"},
      {-1.5, "-1.5"},
      {0.1, "0.1"},
      {0.3333333333333333, "0.3333333333333333"},
      {100.0, "100.0"},
      {1000000000000000.0, "1000000000000000.0"},
      {1e+16, "1e+16"},
      {1.2345678901234568e+17, "1.2345678901234568e+17"},
      {9999999999999998.0, "9999999999999998.0"},
      {1e+22, "1e+22"},
      {1e+23, "1e+23"},
      {0.0001, "0.0001"},
      {1e-05, "1e-05"},
      {0.00012345, "0.00012345"},
      {5e-324, "5e-324"},
      {1.7976931348623157e+308, "1.7976931348623157e+308"},
      {2.5e-07, "2.5e-07"},
      {1234567.891, "1234567.891"},
      {kInf, "inf"},
      {-kInf, "-inf"},
      {kNan, "nan"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(repr_double(c.value), c.text);
  }
}

TEST(FloatText, ParseFloat) {
  const struct {
    const char* text;
    double value;
  } cases[] = {
      {"1", 1.0},
      {"  -2.5\012", -2.5},
      {"1_000.5", 1000.5},
      {".5", 0.5},
      {"5.", 5.0},
      {"1e5", 100000.0},
      {"1E-5", 1e-05},
      {"+3", 3.0},
      {"inf", kInf},
      {"-Infinity", -kInf},
      {"1e400", kInf},
      {"-1e400", -kInf},
      {"1e-400", 0.0},
      {"\331\243.\331\245", 3.5},
      {"\343\200\2002\342\200\203", 2.0},
      {"123456789012345678901234567890", 1.2345678901234568e+29},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(read_float(c.text), c.value) << c.text;
  }
}

TEST(FloatText, ParseFloatRefuses) {
  const struct {
    const char *text, *message;
  } cases[] = {
      {"", "could not convert string to float: ''"},
      {"  ", "could not convert string to float: '  '"},
      {"abc", "could not convert string to float: 'abc'"},
      {"1_", "could not convert string to float: '1_'"},
      {"_1", "could not convert string to float: '_1'"},
      {"1__0", "could not convert string to float: '1__0'"},
      {"1_.5", "could not convert string to float: '1_.5'"},
      {"1e", "could not convert string to float: '1e'"},
      {".", "could not convert string to float: '.'"},
      {"e5", "could not convert string to float: 'e5'"},
      {"--1", "could not convert string to float: '--1'"},
      {"1 2", "could not convert string to float: '1 2'"},
      {"0x10", "could not convert string to float: '0x10'"},
      {"infinit", "could not convert string to float: 'infinit'"},
      {"nan(1)", "could not convert string to float: 'nan(1)'"},
      {"it's", "could not convert string to float: \"it's\""},
      {"1_e5", "could not convert string to float: '1_e5'"},
  };
  for (const auto& c : cases) {
    EXPECT_FALSE(read_float(c.text)) << c.text;
    EXPECT_EQ(not_a_float(c.text), c.message);
  }
}

TEST(FloatText, ParseInt) {
  const struct {
    const char* text;
    int base;
    const char* value;
  } cases[] = {
      {"12", 10, "12"},
      {" -12\012", 10, "-12"},
      {"1_000", 10, "1000"},
      {"ff", 16, "255"},
      {"0xff", 16, "255"},
      {"0XFF", 0, "255"},
      {"0b101", 0, "5"},
      {"0o17", 0, "15"},
      {"0x_f", 0, "15"},
      {"zz", 36, "1295"},
      {"00", 0, "0"},
      {"0_0", 0, "0"},
      {"-9223372036854775808", 10, "-9223372036854775808"},
      {"9223372036854775808", 10, "9223372036854775808"},
      {"123456789012345678901234567890", 10, "123456789012345678901234567890"},
      {"-0x8000000000000000", 16, "-9223372036854775808"},
      {"\331\243\331\244", 10, "34"},
      {"0b1", 16, "177"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text_of(read_int(c.text, c.base).value()), c.value) << c.text;
  }
}

TEST(FloatText, ParseIntRefuses) {
  const struct {
    std::string text;
    int base;
    const char* message;
  } cases[] = {
      {"", 10, "invalid literal for int() with base 10: ''"},
      {"abc", 10, "invalid literal for int() with base 10: 'abc'"},
      {"1.5", 10, "invalid literal for int() with base 10: '1.5'"},
      {"1__0", 10, "invalid literal for int() with base 10: '1__0'"},
      {"_1", 10, "invalid literal for int() with base 10: '_1'"},
      {"1_", 10, "invalid literal for int() with base 10: '1_'"},
      {"12", 2, "invalid literal for int() with base 2: '12'"},
      {"010", 0, "invalid literal for int() with base 0: '010'"},
      {"0x", 16, "invalid literal for int() with base 16: '0x'"},
      {"0x", 0, "invalid literal for int() with base 0: '0x'"},
      {"- 1", 10, "invalid literal for int() with base 10: '- 1'"},
      {"+-1", 10, "invalid literal for int() with base 10: '+-1'"},
      {std::string(250, 'a'), 10,
       "invalid literal for int() with base 10: "
       "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
       "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
       "aaaaaaaaaaaaaaaaaa"},
  };
  for (const auto& c : cases) {
    EXPECT_FALSE(read_int(c.text, c.base)) << c.text;
    EXPECT_EQ(not_an_int(c.text, c.base), c.message);
  }
  EXPECT_EQ(error_of([] { read_int(std::string(4301, '9'), 10); }),
            "Exceeds the limit (4300 digits) for integer string conversion: value has 4301 digits; "
            "use sys.set_int_max_str_digits() to increase the limit");
}

TEST(FloatText, RoundIsDecimalAndHalfToEven) {
  const struct {
    double value;
    int digits;
    double rounded;
  } cases[] = {
      {2.675, 2, 2.67},
      {0.5, 0, 0.0},
      {1.5, 0, 2.0},
      {2.5, 0, 2.0},
      {-0.5, 0, -0.0},
      {-0.4, 0, -0.0},
      {1.005, 2, 1.0},
      {0.125, 2, 0.12},
      {0.375, 2, 0.38},
      {1234.5678, -2, 1200.0},
      {15.0, -1, 20.0},
      {25.0, -1, 20.0},
      {25.5, -1, 30.0},
      {99.5, -2, 100.0},
      {5e-324, 323, 0.0},
      {1e+300, -299, 1e+300},
      {1.5e+300, -300, 2e+300},
      {kInf, 2, kInf},
      {1e+22, 2, 1e+22},
      {4.0, -1, 0.0},
      {6.0, -1, 10.0},
      {0.1, 400, 0.1},
      {1e+308, -400, 0.0},
  };
  for (const auto& c : cases) {
    const double rounded = round_half_even(c.value, c.digits);
    EXPECT_EQ(rounded, c.rounded) << c.value << " to " << c.digits;
    EXPECT_EQ(std::signbit(rounded), std::signbit(c.rounded)) << c.value;
  }
}

TEST(FloatText, ToIntegers) {
  const struct {
    double value;
    const char *rounded, *truncated, *floor, *ceil;
  } cases[] = {
      {0.5, "0", "0", "0", "1"},
      {1.5, "2", "1", "1", "2"},
      {2.5, "2", "2", "2", "3"},
      {-0.5, "0", "0", "-1", "0"},
      {-1.5, "-2", "-1", "-2", "-1"},
      {-2.7, "-3", "-2", "-3", "-2"},
      {9007199254740994.0, "9007199254740994", "9007199254740994", "9007199254740994",
       "9007199254740994"},
      {1e+19, "10000000000000000000", "10000000000000000000", "10000000000000000000",
       "10000000000000000000"},
      {-1e+19, "-10000000000000000000", "-10000000000000000000", "-10000000000000000000",
       "-10000000000000000000"},
      {0.49999999999999994, "0", "0", "0", "1"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text_of(round_to_integer(c.value)), c.rounded);
    EXPECT_EQ(text_of(truncate_to_integer(c.value)), c.truncated);
    EXPECT_EQ(text_of(floor_to_integer(c.value)), c.floor);
    EXPECT_EQ(text_of(ceil_to_integer(c.value)), c.ceil);
  }
}

TEST(FloatText, RoundIntegersToTens) {
  const struct {
    std::int64_t value;
    int digits;
    const char* rounded;
  } cases[] = {
      {15, -1, "20"},
      {25, -1, "20"},
      {-15, -1, "-20"},
      {-25, -1, "-20"},
      {149, -2, "100"},
      {150, -2, "200"},
      {5, -1, "0"},
      {6, -1, "10"},
      {9223372036854775807, -18, "9000000000000000000"},
      {9223372036854775807, -19, "10000000000000000000"},
      {9223372036854775807, -1, "9223372036854775810"},
      {7, 3, "7"},
      {5000000000000000000, -19, "0"},
      {123, -25, "0"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(text_of(round_int_half_even(c.value, c.digits)), c.rounded) << c.value;
  }
}

TEST(FloatText, ConversionErrors) {
  EXPECT_EQ(error_of([] { round_to_integer(kNan); }), "cannot convert float NaN to integer");
  EXPECT_EQ(error_of([] { floor_to_integer(kInf); }), "cannot convert float infinity to integer");
  EXPECT_EQ(error_of([] { truncate_to_integer(-kInf); }),
            "cannot convert float infinity to integer");
  EXPECT_EQ(error_of([] { round_half_even(1.7e308, -308); }),
            "rounded value too large to represent");
  EXPECT_TRUE(std::isnan(read_float(" NaN ").value()));
}

}  // namespace
}  // namespace gilbench
