// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <limits>
#include <string>

#include "runtime/support/big_int.h"
#include "runtime/support/error.h"

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

BigInt big(const char* digits) { return BigInt::from_digits(digits); }

TEST(BigInt, Arithmetic) {
  const struct {
    const char *a, *b, *sum, *difference, *product, *quotient, *remainder;
  } cases[] = {
      {"1000000000000000000000000000000", "7", "1000000000000000000000000000007",
       "999999999999999999999999999993", "7000000000000000000000000000000",
       "142857142857142857142857142857", "1"},
      {"-1000000000000000000000000000000", "7", "-999999999999999999999999999993",
       "-1000000000000000000000000000007", "-7000000000000000000000000000000",
       "-142857142857142857142857142858", "6"},
      {"1000000000000000000000000000000", "-100000000003", "999999999999999999899999999997",
       "1000000000000000000100000000003", "-100000000003000000000000000000000000000000",
       "-9999999999700000001", "-99100000003"},
      {"-1267650600228229401496703205377", "18446744073709551616",
       "-1267650600209782657422993653761", "-1267650600246676145570412756993",
       "-23384026197294446691258957323478975058568630239232", "-68719476737",
       "18446744073709551615"},
      {"340282366920938463463374607431768211456", "-18446744073709551616",
       "340282366920938463444927863358058659840", "340282366920938463481821351505477763072",
       "-6277101735386680763835789423207666416102355444464034512896", "-18446744073709551616", "0"},
      {"-1267650600228229401496703205376", "1267650600228229401496703205375", "-1",
       "-2535301200456458802993406410751",
       "-1606938044258990275541962092339894951921974764381296132096000", "-2",
       "1267650600228229401496703205374"},
      {"0", "-5", "-5", "5", "0", "0", "0"},
  };
  for (const auto& c : cases) {
    const BigInt a = big(c.a);
    const BigInt b = big(c.b);
    EXPECT_EQ(add(a, b).to_string(), c.sum);
    EXPECT_EQ(sub(a, b).to_string(), c.difference);
    EXPECT_EQ(mul(a, b).to_string(), c.product);
    EXPECT_EQ(floor_div(a, b).to_string(), c.quotient);
    EXPECT_EQ(floor_mod(a, b).to_string(), c.remainder);
  }
}

TEST(BigInt, BitsAsIfOfInfiniteWidth) {
  const struct {
    const char *a, *b, *conjunction, *disjunction, *exclusive, *complement;
  } cases[] = {
      {"1000000000000000000000000000000", "7", "0", "1000000000000000000000000000007",
       "1000000000000000000000000000007", "-1000000000000000000000000000001"},
      {"-1000000000000000000000000000000", "7", "0", "-999999999999999999999999999993",
       "-999999999999999999999999999993", "999999999999999999999999999999"},
      {"1000000000000000000000000000000", "-100000000003", "999999999999999999990336323584",
       "-90336323587", "-1000000000000000000080672647171", "-1000000000000000000000000000001"},
      {"-1267650600228229401496703205377", "18446744073709551616", "18446744073709551616",
       "-1267650600228229401496703205377", "-1267650600246676145570412756993",
       "1267650600228229401496703205376"},
      {"340282366920938463463374607431768211456", "-18446744073709551616",
       "340282366920938463463374607431768211456", "-18446744073709551616",
       "-340282366920938463481821351505477763072", "-340282366920938463463374607431768211457"},
      {"-1267650600228229401496703205376", "1267650600228229401496703205375", "0", "-1", "-1",
       "1267650600228229401496703205375"},
      {"0", "-5", "0", "-5", "-5", "-1"},
  };
  for (const auto& c : cases) {
    const BigInt a = big(c.a);
    const BigInt b = big(c.b);
    EXPECT_EQ(bit_and(a, b).to_string(), c.conjunction);
    EXPECT_EQ(bit_or(a, b).to_string(), c.disjunction);
    EXPECT_EQ(bit_xor(a, b).to_string(), c.exclusive);
    EXPECT_EQ(bit_not(a).to_string(), c.complement);
  }
}

TEST(BigInt, Shifts) {
  const struct {
    const char* value;
    int count;
    const char *left, *right;
  } cases[] = {
      {"1000000000000000000000000000000", 3, "8000000000000000000000000000000",
       "125000000000000000000000000000"},
      {"-1000000000000000000000000000000", 70,
       "-1180591620717411303424000000000000000000000000000000", "-847032948"},
      {"-1267650600228229401496703205377", 1, "-2535301200456458802993406410754",
       "-633825300114114700748351602689"},
      {"-1267650600228229401496703205376", 64,
       "-23384026197294446691258957323460528314494920687616", "-68719476736"},
      {"-1267650600228229401496703205376", 0, "-1267650600228229401496703205376",
       "-1267650600228229401496703205376"},
      {"-5", 200, "-8034690221294951377709810461705813012611014968913964176506880", "-1"},
      {"0", 5, "0", "0"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(shift_left(big(c.value), c.count).to_string(), c.left);
    EXPECT_EQ(shift_right(big(c.value), c.count).to_string(), c.right);
  }
}

TEST(BigInt, ToDoubleRoundsHalfToEven) {
  const struct {
    const char* value;
    double rounded;
  } cases[] = {
      {"9007199254740993", 9007199254740992.0},
      {"18446744073709553664", 1.8446744073709552e+19},
      {"18446744073709553665", 1.8446744073709556e+19},
      {"18446744073709557760", 1.844674407370956e+19},
      {"1000000000000000000000000000000", 1e+30},
      {"-100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "00000000000",
       -1e+100},
      {"0", 0.0},
      {"-1", -1.0},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(big(c.value).to_double(), c.rounded) << c.value;
  }
}

TEST(BigInt, TrueDivisionRoundsOnce) {
  const struct {
    const char *a, *b;
    double quotient;
  } cases[] = {
      {"1000000000000000000000000000000", "3", 3.333333333333333e+29},
      {"100000000000000000000000000000000000000000000000000000000000000000000000000000000",
       "10000000000000000000000000000000000000000000000000000000000000000000000000000007", 10.0},
      {"-1",
       "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "000000000000000000000000000000000000000000000000",
       -1e-320},
      {"1",
       "1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000",
       0.0},
      {"1606938044258990275541962092341162602522202993782792835301377",
       "1569275433846670190958947355801916604025588861116008628223", 1024.0},
      {"7", "1180591620717411303424", 5.929230630780102e-21},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(true_divide(big(c.a), big(c.b)), c.quotient) << c.a << " / " << c.b;
  }
}

TEST(BigInt, ModularPower) {
  const struct {
    const char *base, *exponent, *modulus, *power;
  } cases[] = {
      {"3", "100000000000000000000", "1000000000000000009", "458060584428789365"},
      {"-3", "5", "7", "2"},
      {"3", "5", "-7", "-2"},
      {"3", "-1", "7", "5"},
      {"1000000000000000000000000000000", "-3", "1000000007", "953066461"},
      {"5", "0", "1", "0"},
      {"2", "10", "1", "0"},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(pow_mod(big(c.base), big(c.exponent), big(c.modulus)).to_string(), c.power) << c.base;
  }
}

TEST(BigInt, TextInEachBase) {
  const struct {
    const char *decimal, *binary, *octal, *hexadecimal;
    int bits;
    bool fits;
  } cases[] = {
      {"0", "0", "0", "0", 0, true},
      {"1", "1", "1", "1", 1, true},
      {"-1", "-1", "-1", "-1", 1, true},
      {"255", "11111111", "377", "ff", 8, true},
      {"-256", "-100000000", "-400", "-100", 9, true},
      {"10000000000000000000000000",
       "100001000101100101010001011000010100000000010100100001001010000000000000000000000000",
       "4105452130240024411200000000", "84595161401484a000000", 84, false},
      {"-18446744073709551616",
       "-10000000000000000000000000000000000000000000000000000000000000000",
       "-2000000000000000000000", "-10000000000000000", 65, false},
      {"9223372036854775807", "111111111111111111111111111111111111111111111111111111111111111",
       "777777777777777777777", "7fffffffffffffff", 63, true},
      {"9223372036854775808", "1000000000000000000000000000000000000000000000000000000000000000",
       "1000000000000000000000", "8000000000000000", 64, false},
      {"-9223372036854775808", "-1000000000000000000000000000000000000000000000000000000000000000",
       "-1000000000000000000000", "-8000000000000000", 64, true},
      {"-9223372036854775809", "-1000000000000000000000000000000000000000000000000000000000000001",
       "-1000000000000000000001", "-8000000000000001", 64, false},
  };
  for (const auto& c : cases) {
    const BigInt value = big(c.decimal);
    EXPECT_EQ(value.to_string(), c.decimal);
    EXPECT_EQ(value.to_string(2), c.binary);
    EXPECT_EQ(value.to_string(8), c.octal);
    EXPECT_EQ(value.to_string(16), c.hexadecimal);
    EXPECT_EQ(BigInt::from_digits(c.hexadecimal, 16), value);
    EXPECT_EQ(BigInt::from_digits(c.octal, 8), value);
    EXPECT_EQ(BigInt::from_digits(c.binary, 2), value);
    EXPECT_EQ(BigInt::from_literal(c.decimal), value);
    const std::string digits = c.hexadecimal;
    const std::size_t sign = digits.front() == '-' ? 1 : 0;
    EXPECT_EQ(BigInt::from_literal(digits.substr(0, sign) + "0x" + digits.substr(sign)), value);
    EXPECT_EQ(value.bit_length(), c.bits);
    EXPECT_EQ(value.fits_int64(), c.fits) << c.decimal;
    if (c.fits) {
      EXPECT_EQ(std::to_string(value.to_int64()), c.decimal);
    }
  }
}

TEST(BigInt, ComparisonWithDoublesIsExact) {
  const struct {
    const char* a;
    double b;
    int order;
  } cases[] = {
      {"9007199254740993", 9007199254740992.0, 1},
      {"1000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000",
       1e+308, 1},
      {"-100000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
       "00000000000000000000000000000000000000",
       -1e+308, -1},
      {"10000000000000000000000000000000000000000", kInf, -1},
      {"-10000000000000000000000000000000000000000", -kInf, 1},
      {"18446744073709551616", 1.8446744073709552e+19, 0},
      {"3", 3.5, -1},
      {"-3", -3.5, 1},
  };
  for (const auto& c : cases) {
    const auto order = compare(big(c.a), c.b);
    EXPECT_EQ((order > 0) - (order < 0), c.order) << c.a << " and " << c.b;
    EXPECT_EQ(order == 0, c.order == 0) << c.a << " and " << c.b;
  }
}

TEST(BigInt, FromOtherNumbers) {
  EXPECT_EQ(BigInt::from_double(1e+20).to_string(), "100000000000000000000");
  EXPECT_EQ(BigInt::from_double(-1e+20).to_string(), "-100000000000000000000");
  EXPECT_EQ(BigInt::from_double(0.9).to_string(), "0");
  EXPECT_EQ(BigInt::from_double(-0.9).to_string(), "0");
  EXPECT_EQ(BigInt::from_double(1e+308).to_double(), 1e+308);
  EXPECT_EQ(BigInt::from_double(9007199254740994.0).to_string(), "9007199254740994");
  EXPECT_EQ(BigInt::from_double(-3.7).to_string(), "-3");
  EXPECT_EQ(BigInt::from_uint64(~std::uint64_t{0}).to_string(), "18446744073709551615");
  EXPECT_EQ(compare(BigInt(1), kNan), std::partial_ordering::unordered);
}

TEST(BigInt, BytesInTwosComplement) {
  EXPECT_EQ(big("300").to_bytes(2, false), std::string("\001,", 2));
  EXPECT_EQ(BigInt::from_bytes(std::string("\001,", 2), false), big("300"));
  EXPECT_EQ(big("-1").to_bytes(3, true), std::string("\377\377\377", 3));
  EXPECT_EQ(BigInt::from_bytes(std::string("\377\377\377", 3), true), big("-1"));
  EXPECT_EQ(big("-32768").to_bytes(2, true), std::string("\200\000", 2));
  EXPECT_EQ(BigInt::from_bytes(std::string("\200\000", 2), true), big("-32768"));
  EXPECT_EQ(big("0").to_bytes(0, false), std::string("", 0));
  EXPECT_EQ(BigInt::from_bytes(std::string("", 0), false), big("0"));
  EXPECT_EQ(big("18446744073709551616").to_bytes(9, false),
            std::string("\001\000\000\000\000\000\000\000\000", 9));
  EXPECT_EQ(BigInt::from_bytes(std::string("\001\000\000\000\000\000\000\000\000", 9), false),
            big("18446744073709551616"));
}

TEST(BigInt, Hashes) {
  EXPECT_EQ(big("1000000000000000000000000000000").hash(), 465258685558744706);
  EXPECT_EQ(big("-1000000000000000000000000000000").hash(), -465258685558744706);
  EXPECT_EQ(big("2305843009213693951").hash(), 0);
  EXPECT_EQ(big("5316911983139663491615228241121378303").hash(), 0);
  EXPECT_EQ(big("2305843009213693952").hash(), 1);
  EXPECT_EQ(big("-2305843009213693952").hash(), -2);
}

TEST(BigInt, ErrorsAreThoseOfCPython) {
  EXPECT_EQ(error_of([] { floor_div(BigInt(1), BigInt(0)); }),
            "integer division or modulo by zero");
  EXPECT_EQ(error_of([] { floor_mod(BigInt(1), BigInt(0)); }), "integer modulo by zero");
  EXPECT_EQ(error_of([] { true_divide(BigInt(1), BigInt(0)); }), "division by zero");
  EXPECT_EQ(error_of([] { true_divide(pow(BigInt(10), 400), BigInt(3)); }),
            "integer division result too large for a float");
  EXPECT_EQ(error_of([] { pow(BigInt(10), 400).to_double(); }),
            "int too large to convert to float");
  EXPECT_EQ(error_of([] { pow(BigInt(10), 4300).to_string(); }),
            "Exceeds the limit (4300 digits) for integer string conversion; use "
            "sys.set_int_max_str_digits() to increase the limit");
  EXPECT_EQ(error_of([] { pow_mod(BigInt(2), BigInt(-1), BigInt(4)); }),
            "base is not invertible for the given modulus");
  EXPECT_EQ(error_of([] { pow_mod(BigInt(2), BigInt(1), BigInt(0)); }),
            "pow() 3rd argument cannot be 0");
  EXPECT_EQ(error_of([] { shift_left(BigInt(1), -1); }), "negative shift count");
  EXPECT_EQ(error_of([] { shift_right(BigInt(1), -1); }), "negative shift count");
  EXPECT_EQ(error_of([] { BigInt::from_double(kInf); }),
            "cannot convert float infinity to integer");
  EXPECT_EQ(error_of([] { BigInt::from_double(kNan); }), "cannot convert float NaN to integer");
  EXPECT_EQ(error_of([] { isqrt(BigInt(-1)); }), "isqrt() argument must be nonnegative");
  EXPECT_EQ(error_of([] { BigInt(256).to_bytes(1, false); }), "int too big to convert");
  EXPECT_EQ(error_of([] { BigInt(-1).to_bytes(1, false); }),
            "can't convert negative int to unsigned");
  EXPECT_EQ(pow(BigInt(10), 4299).to_string().size(), 4300u);
  EXPECT_THROW(pow(BigInt(3), std::int64_t{1} << 40), SupportError);
  EXPECT_THROW(shift_left(BigInt(1), std::int64_t{1} << 40), SupportError);
}

TEST(BigInt, RootsAndPowers) {
  EXPECT_EQ(isqrt(big("10000000000000000000000000000000000000000")).to_string(),
            "100000000000000000000");
  EXPECT_EQ(isqrt(big("9999999999999999999999999999999999999999")).to_string(),
            "99999999999999999999");
  EXPECT_EQ(isqrt(big("1606938044258990275541962092341162602522202993782792835301377")).to_string(),
            "1267650600228229401496703205376");
  EXPECT_EQ(pow(BigInt(-3), 51).to_string(), "-2153693963075557766310747");
  EXPECT_EQ(pow(BigInt(7), 30).to_string(), "22539340290692258087863249");
  EXPECT_EQ(pow(BigInt(0), 0).to_string(), "1");
  EXPECT_EQ(pow(BigInt(-1), 1000000001).to_string(), "-1");
  EXPECT_EQ(pow(BigInt(1), 1000000000000).to_string(), "1");
  EXPECT_EQ(pow(BigInt(2), 100).to_string(), "1267650600228229401496703205376");
}

// Digits whose bits lie across the borders of words, in every base that is a power of two: against
// the sum of what each digit is worth.
TEST(BigInt, ReadsDigitsInPowersOfTwo) {
  for (const int base : {2, 4, 8, 16, 32}) {
    for (std::size_t length = 1; length < 150; ++length) {
      std::string digits;
      BigInt sum(0);
      for (std::size_t i = 0; i < length; ++i) {
        const std::int64_t digit = static_cast<std::int64_t>(i * 7 + 1 + length) % base;
        digits += "0123456789abcdefghijklmnopqrstuv"[digit];
        sum = add(mul(sum, BigInt(base)), BigInt(digit));
      }
      EXPECT_EQ(BigInt::from_digits(digits, base), sum) << digits << " base " << base;
      EXPECT_EQ(BigInt::from_digits("-" + digits, base), negate(sum)) << digits;
    }
  }
}

// Quadratic time would be some seconds for the first and hours for the second.
TEST(BigInt, ReadsManyDigitsInLinearTime) {
  for (const std::size_t length : {std::size_t{1'000'000}, std::size_t{50'000'000}}) {
    const BigInt value = BigInt::from_digits(std::string(length, 'f'), 16);
    EXPECT_EQ(value.bit_length(), static_cast<std::int64_t>(length * 4));
  }
}

}  // namespace
}  // namespace gilbench
