// Numbers from text and back: repr(), float(), int(), round().
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "runtime/support/big_int.h"

namespace gilbench {

// The result of an operation on integers: BigInt only where it does not fit 64 bits.
using Integer = std::variant<std::int64_t, BigInt>;

// repr(): the shortest digits that read back as the same double.
std::string repr_double(double value);
// repr() and str() of an int.
std::string repr_int(std::int64_t value);

// Writes repr(value) into a buffer of at least kDoubleTextSize bytes, not terminated; its length.
inline constexpr int kDoubleTextSize = 32;
int write_double(double value, char* out);

// float(text): surrounding whitespace, underscores between digits, inf, nan. Nothing where the text
// is no such number; what CPython says then, as the second function has it.
std::optional<double> read_float(std::string_view text);
std::string not_a_float(std::string_view text);

// int(text, base), base 0 or 2 to 36; likewise. ValueError where there are too many digits.
std::optional<Integer> read_int(std::string_view text, int base);
std::string not_an_int(std::string_view text, int base);

// round(value, ndigits): the decimal nearest to the exact value, ties to even. OverflowError
// "rounded value too large to represent".
double round_half_even(double value, std::int64_t ndigits);
// round(value): an integer. ValueError for NaN, OverflowError for infinities.
Integer round_to_integer(double value);
// int(value) (towards zero), math.floor, math.ceil. Errors as round_to_integer().
Integer truncate_to_integer(double value);
Integer floor_to_integer(double value);
Integer ceil_to_integer(double value);
// round(value, ndigits) of integers, where ndigits < 0 rounds to tens, hundreds and so on.
Integer round_int_half_even(std::int64_t value, std::int64_t ndigits);

// The text of one double without sign handling beyond '-', padding or grouping: types e E f F g G r
// (shortest, as repr without its ".0"). `alternate` is '#': the point always stands, zeros are
// kept.
std::string format_float(double value, char type, int precision, bool alternate = false);

}  // namespace gilbench
