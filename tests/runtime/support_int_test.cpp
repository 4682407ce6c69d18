// Expected values are CPython 3.11's.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>

#include "runtime/support/big_int.h"
#include "runtime/support/error.h"
#include "runtime/support/hash.h"
#include "runtime/support/int_math.h"

namespace gilbench {
namespace {

constexpr double kInf = std::numeric_limits<double>::infinity();
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr std::int64_t kMin = std::numeric_limits<std::int64_t>::min();

template <typename Call>
std::string error_of(Call call) {
  try {
    call();
  } catch (const SupportError& error) {
    return error.what();
  }
  return "no error";
}

TEST(IntMath, DivisionRoundsTowardsMinusInfinity) {
  const struct {
    std::int64_t a, b, quotient, remainder;
  } cases[] = {
      {7, 2, 3, 1},
      {-7, 2, -4, 1},
      {7, -2, -4, -1},
      {-7, -2, 3, -1},
      {6, 3, 2, 0},
      {-6, 3, -2, 0},
      {0, 5, 0, 0},
      {-1, 4611686018427387904, -1, 4611686018427387903},
      {9223372036854775807, -1, -9223372036854775807, 0},
      {kMin, 3, -3074457345618258603, 1},
      {9223372036854775807, kMin, -1, -1},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(floor_div(c.a, c.b), c.quotient) << c.a << " // " << c.b;
    EXPECT_EQ(floor_mod(c.a, c.b), c.remainder) << c.a << " % " << c.b;
  }
}

TEST(IntMath, TheOneOverflowingDivisionIsKnown) {
  EXPECT_TRUE(floor_div_overflows(kMin, -1));
  EXPECT_FALSE(floor_div_overflows(kMin, 1));
  EXPECT_FALSE(floor_div_overflows(kMin + 1, -1));
}

TEST(IntMath, PowerUnlessItOverflows) {
  const struct {
    std::int64_t base, exponent;
    bool fits;
    std::int64_t power;
  } cases[] = {
      {2, 0, true, 1},
      {0, 0, true, 1},
      {2, 62, true, 4611686018427387904},
      {2, 63, false, 0},
      {-2, 63, true, kMin},
      {-2, 64, false, 0},
      {3, 39, true, 4052555153018976267},
      {3, 40, false, 0},
      {-3, 39, true, -4052555153018976267},
      {10, 18, true, 1000000000000000000},
      {10, 19, false, 0},
      {1, 1000000000, true, 1},
      {-1, 1000000001, true, -1},
      {3037000499, 2, true, 9223372030926249001},
      {3037000500, 2, false, 0},
  };
  for (const auto& c : cases) {
    std::int64_t power = 0;
    EXPECT_EQ(int_pow(c.base, c.exponent, &power), c.fits) << c.base << " ** " << c.exponent;
    if (c.fits) {
      EXPECT_EQ(power, c.power) << c.base << " ** " << c.exponent;
    }
  }
}

TEST(IntMath, ShiftUnlessItOverflows) {
  const struct {
    std::int64_t value, count;
    bool fits;
    std::int64_t shifted;
  } cases[] = {
      {1, 62, true, 4611686018427387904},
      {1, 63, false, 0},
      {-1, 63, true, kMin},
      {-1, 64, false, 0},
      {0, 1000, true, 0},
      {3, 61, true, 6917529027641081856},
      {3, 62, false, 0},
      {-5, 60, true, -5764607523034234880},
  };
  for (const auto& c : cases) {
    std::int64_t shifted = 0;
    EXPECT_EQ(shift_left_overflow(c.value, c.count, &shifted), !c.fits)
        << c.value << " << " << c.count;
    if (c.fits) {
      EXPECT_EQ(shifted, c.shifted) << c.value << " << " << c.count;
    }
  }
}

TEST(IntMath, TrueDivisionRoundsOnce) {
  const struct {
    std::int64_t a, b;
    double quotient;
  } cases[] = {
      {1, 3, 0.3333333333333333},
      {-1, 3, -0.3333333333333333},
      {9007199254740993, 1, 9007199254740992.0},
      {9223372036854775807, 3, 3.0744573456182584e+18},
      {4611686018427387905, 4611686018427387903, 1.0},
      {kMin, 9223372036854775807, -1.0},
      {9007199254740993, 2, 4503599627370496.0},
      {27021597764222979, 3, 9007199254740992.0},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(int_true_divide(c.a, c.b), c.quotient) << c.a << " / " << c.b;
  }
}

TEST(IntMath, ComparisonWithDoublesIsExact) {
  const struct {
    std::int64_t a;
    double b;
    int order;
  } cases[] = {
      {9007199254740993, 9007199254740992.0, 1},
      {9007199254740992, 9007199254740992.0, 0},
      {9223372036854775807, 9.223372036854776e+18, -1},
      {kMin, -9.223372036854776e+18, 0},
      {3, 3.5, -1},
      {-3, -3.5, 1},
      {4611686018427387905, 4.611686018427388e+18, 1},
      {5, kInf, -1},
      {5, -kInf, 1},
  };
  for (const auto& c : cases) {
    const auto order = compare(c.a, c.b);
    EXPECT_EQ((order > 0) - (order < 0), c.order) << c.a << " and " << c.b;
    EXPECT_EQ(order == 0, c.order == 0) << c.a << " and " << c.b;
  }
}

TEST(IntMath, NanIsUnordered) {
  EXPECT_EQ(compare(1, kNan), std::partial_ordering::unordered);
  EXPECT_EQ(compare(kMin, kNan), std::partial_ordering::unordered);
}

TEST(IntMath, BitsAndRoots) {
  const struct {
    std::int64_t value;
    int bit_length, bit_count;
    std::int64_t root;
  } cases[] = {
      {0, 0, 0, 0},
      {1, 1, 1, 1},
      {2, 2, 1, 1},
      {3, 2, 2, 1},
      {4, 3, 1, 2},
      {255, 8, 8, 15},
      {256, 9, 1, 16},
      {-1, 1, 1, -1},
      {-256, 9, 1, -1},
      {1000000000000000000, 60, 24, 1000000000},
      {999999999999999999, 60, 41, 999999999},
      {9223372030926249001, 63, 46, 3037000499},
      {9223372030926249000, 63, 45, 3037000498},
      {9223372036854775807, 63, 63, 3037000499},
      {kMin, 64, 1, -1},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(bit_length(c.value), c.bit_length) << c.value;
    EXPECT_EQ(bit_count(c.value), c.bit_count) << c.value;
    if (c.root >= 0) {
      EXPECT_EQ(isqrt(c.value), c.root) << c.value;
    }
  }
}

TEST(FloatMath, FloorDivisionAndModulo) {
  const struct {
    double a, b, quotient, remainder;
  } cases[] = {
      {7.5, 2.0, 3.0, 1.5},     {-7.5, 2.0, -4.0, 0.5},
      {7.5, -2.0, -4.0, -0.5},  {-7.5, -2.0, 3.0, -1.5},
      {0.0, -2.0, -0.0, -0.0},  {-0.0, 2.0, -0.0, 0.0},
      {4.0, -2.0, -2.0, -0.0},  {1.0, 0.1, 9.0, 0.09999999999999995},
      {-1e-20, 3.0, -1.0, 3.0}, {1e+300, 1e-05, 1e+305, 6.148232504163852e-06},
      {5.0, kInf, 0.0, 5.0},    {-5.0, kInf, -1.0, kInf},
  };
  for (const auto& c : cases) {
    const double quotient = float_floor_div(c.a, c.b);
    const double remainder = float_mod(c.a, c.b);
    EXPECT_EQ(quotient, c.quotient) << c.a << " // " << c.b;
    EXPECT_EQ(std::signbit(quotient), std::signbit(c.quotient)) << c.a << " // " << c.b;
    EXPECT_EQ(remainder, c.remainder) << c.a << " % " << c.b;
    EXPECT_EQ(std::signbit(remainder), std::signbit(c.remainder)) << c.a << " % " << c.b;
  }
}

TEST(FloatMath, Powers) {
  const struct {
    double a, b, power;
  } cases[] = {
      {2.0, 0.5, 1.4142135623730951},
      {-8.0, 3.0, -512.0},
      {kNan, 0.0, 1.0},
      {1.0, kNan, 1.0},
      {-1.0, kInf, 1.0},
      {-kInf, 3.0, -kInf},
      {-kInf, -3.0, -0.0},
      {-0.0, 3.0, -0.0},
      {0.5, 1000000000.0, 0.0},
      {2.0, -1080.0, 0.0},
      {-kInf, 0.5, kInf},
  };
  for (const auto& c : cases) {
    const double power = float_pow(c.a, c.b);
    EXPECT_EQ(power, c.power) << c.a << " ** " << c.b;
    EXPECT_EQ(std::signbit(power), std::signbit(c.power)) << c.a << " ** " << c.b;
  }
}

TEST(FloatMath, ErrorsNameTheOperation) {
  EXPECT_EQ(error_of([] { float_true_divide(1, 0); }), "float division by zero");
  EXPECT_EQ(error_of([] { float_floor_div(1, 0); }), "float floor division by zero");
  EXPECT_EQ(error_of([] { float_mod(1, -0.0); }), "float modulo");
  EXPECT_EQ(error_of([] { throw_zero_division(kIntTrueDivideByZero); }), "division by zero");
  EXPECT_EQ(error_of([] { throw_zero_division(kIntFloorDivByZero); }),
            "integer division or modulo by zero");
  EXPECT_EQ(error_of([] { throw_zero_division(kIntModByZero); }), "integer modulo by zero");
  EXPECT_EQ(error_of([] { float_pow(0, -1); }), "0.0 cannot be raised to a negative power");
  EXPECT_EQ(error_of([] { float_pow(10, 400); }), "(34, 'Numerical result out of range')");
  EXPECT_EQ(error_of([] { isqrt(std::int64_t{-1}); }), "isqrt() argument must be nonnegative");
  EXPECT_THROW(float_pow(-8, 0.5), SupportError);  // complex in CPython
}

TEST(Hash, OfIntegers) {
  const struct {
    std::int64_t value, hash;
  } cases[] = {
      {0, 0},
      {1, 1},
      {-1, -2},
      {-2, -2},
      {2305843009213693951, 0},
      {2305843009213693950, 2305843009213693950},
      {2305843009213693952, 1},
      {-2305843009213693951, 0},
      {9223372036854775807, 3},
      {kMin, -4},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(hash_int(c.value), c.hash) << c.value;
    EXPECT_EQ(BigInt(c.value).hash(), c.hash) << c.value;
  }
}

TEST(Hash, OfDoubles) {
  const struct {
    double value;
    std::int64_t hash;
  } cases[] = {
      {0.0, 0},
      {-0.0, 0},
      {1.0, 1},
      {-1.0, -2},
      {0.5, 1152921504606846976},
      {-2.5, -1152921504606846978},
      {3.14159, 326484311674566659},
      {1e+100, 1822893315824342674},
      {-1e+300, -1224995262755759164},
      {5e-324, 16777216},
      {2.305843009213694e+18, 1},
      {1e+16, 10000000000000000},
      {kInf, 314159},
      {-kInf, -314159},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(hash_double(c.value), c.hash) << c.value;
  }
}

std::int64_t tuple_hash(std::initializer_list<std::int64_t> items) {
  TupleHasher hasher;
  for (const std::int64_t item : items) hasher.add(hash_int(item));
  return hasher.finish();
}

std::int64_t set_hash(std::initializer_list<std::int64_t> items) {
  SetHasher hasher;
  for (const std::int64_t item : items) hasher.add(hash_int(item));
  return hasher.finish();
}

TEST(Hash, OfTuplesAndSets) {
  EXPECT_EQ(tuple_hash({}), 5740354900026072187);
  EXPECT_EQ(tuple_hash({1}), -6644214454873602895);
  EXPECT_EQ(tuple_hash({1, 2}), -3550055125485641917);
  EXPECT_EQ(tuple_hash({2, 1}), 6794810172467074373);
  EXPECT_EQ(tuple_hash({-1, 0, 1000000000000000000}), 747720098026298526);
  EXPECT_EQ(set_hash({}), 133146708735736);
  EXPECT_EQ(set_hash({1}), -558064481276695278);
  EXPECT_EQ(set_hash({3, 1, 2}), -272375401224217160);
}

TEST(Hash, OfTextDependsOnEveryByteAndTheLength) {
  for (std::size_t size = 0; size < 70; ++size) {
    const std::string text(size, 'a');
    EXPECT_EQ(hash_bytes(text), hash_bytes(std::string(size, 'a')));
    EXPECT_NE(hash_bytes(text), hash_bytes(text + "a")) << size;
    for (std::size_t i = 0; i < size; ++i) {
      std::string other = text;
      other[i] = 'b';
      EXPECT_NE(hash_bytes(text), hash_bytes(other)) << size << " at " << i;
    }
  }
}

}  // namespace
}  // namespace gilbench
