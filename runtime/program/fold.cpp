// Integers are computed in 128 bits, within limits that no step can overflow; anything larger is
// left for the program to compute.
#include "runtime/program/fold.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

namespace gilbench {
namespace {

__extension__ typedef __int128 Wide;

// Results stay below this, so that no step overflows Wide unseen.
constexpr int kMaxBits = 62;
constexpr int kMaxResultBits = 120;

constexpr Wide wide_power_of_two(int exponent) { return static_cast<Wide>(1) << exponent; }

bool is_short(Wide value) {
  const Wide limit = wide_power_of_two(kMaxResultBits);
  return value < limit && value > -limit;
}

std::optional<Wide> integer_of(const Literal& literal) {
  if (const auto* value = std::get_if<std::int64_t>(&literal.value)) return *value;
  const auto* big = std::get_if<BigConstant>(&literal.value);
  if (big == nullptr || big->digits.size() > 36) return std::nullopt;
  Wide value = 0;
  for (const char digit : big->digits) {
    if (digit != '-') value = value * 10 + (digit - '0');
  }
  if (big->digits.front() == '-') value = -value;
  return is_short(value) ? std::optional<Wide>(value) : std::nullopt;
}

Literal literal_of(Wide value) {
  if (value == 0) return {std::int64_t{0}};
  std::string digits;
  for (Wide rest = value < 0 ? -value : value; rest != 0; rest /= 10) {
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
  }
  if (value < 0) digits.push_back('-');
  std::reverse(digits.begin(), digits.end());
  return integer_literal(std::move(digits));
}

bool fits(Wide value, int bits) {
  return value < wide_power_of_two(bits) && value > -wide_power_of_two(bits);
}

std::optional<Wide> power(Wide base, Wide exponent) {
  if (exponent < 0 || exponent > kMaxResultBits) return std::nullopt;
  Wide result = 1;
  for (Wide i = 0; i < exponent; ++i) {
    if (!fits(result, kMaxBits) || !fits(base, kMaxBits - 4)) {
      // One more step might pass the limit; powers of two up to it are worth having.
      if (base != 2) return std::nullopt;
    }
    result *= base;
    if (!is_short(result)) return std::nullopt;
  }
  return result;
}

std::optional<Wide> floor_divide(Wide a, Wide b) {
  if (b == 0) return std::nullopt;
  const Wide quotient = a / b;
  return a % b != 0 && ((a < 0) != (b < 0)) ? quotient - 1 : quotient;
}

std::optional<Wide> integer_result(const std::string& op, Wide a, Wide b) {
  if (op == "Add") return a + b;
  if (op == "Sub") return a - b;
  if (op == "Mult" && fits(a, kMaxBits - 2) && fits(b, kMaxBits - 4)) return a * b;
  if (op == "FloorDiv") return floor_divide(a, b);
  if (op == "Mod") {
    const auto quotient = floor_divide(a, b);
    return quotient ? std::optional<Wide>(a - *quotient * b) : std::nullopt;
  }
  if (op == "Pow") return power(a, b);
  if (op == "LShift" && b >= 0 && b < 64 && fits(a, 56))
    return a * wide_power_of_two(static_cast<int>(b));
  if (op == "RShift" && b >= 0 && b < kMaxResultBits) return a >> static_cast<int>(b);
  if (op == "BitAnd") return a & b;
  if (op == "BitOr") return a | b;
  if (op == "BitXor") return a ^ b;
  return std::nullopt;
}

std::optional<double> float_of(const Literal& literal) {
  if (const auto* value = std::get_if<double>(&literal.value)) return *value;
  const auto* integer = std::get_if<std::int64_t>(&literal.value);
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (integer == nullptr || *integer > kExact || *integer < -kExact) return std::nullopt;
  return static_cast<double>(*integer);
}

std::optional<double> float_result(const std::string& op, double a, double b) {
  if (op == "Add") return a + b;
  if (op == "Sub") return a - b;
  if (op == "Mult") return a * b;
  if (op == "Div" && b != 0) return a / b;
  return std::nullopt;
}

std::optional<Literal> fold_binary(const Node& node) {
  const auto left = fold(node.at(Field::kLeft));
  if (!left) return std::nullopt;
  const auto right = fold(node.at(Field::kRight));
  if (!right) return std::nullopt;
  const std::string& op = node.text(Field::kOp);
  const auto left_integer = integer_of(*left);
  const auto right_integer = integer_of(*right);
  if (left_integer && right_integer && op != "Div") {
    const auto result = integer_result(op, *left_integer, *right_integer);
    if (!result || !is_short(*result)) return std::nullopt;
    return literal_of(*result);
  }
  const auto left_float = float_of(*left);
  const auto right_float = float_of(*right);
  if (!left_float || !right_float) return std::nullopt;
  const auto result = float_result(op, *left_float, *right_float);
  return result ? std::optional<Literal>(Literal{*result}) : std::nullopt;
}

std::optional<Literal> fold_unary(const Node& node) {
  auto operand = fold(node.at(Field::kOperand));
  if (!operand) return std::nullopt;
  const std::string& op = node.text(Field::kOp);
  if (op == "Not") return Literal{!truth_of(*operand)};
  if (const auto* number = std::get_if<double>(&operand->value)) {
    if (op == "USub") return Literal{-*number};
    if (op == "UAdd") return operand;
    return std::nullopt;
  }
  if (const auto* big = std::get_if<BigConstant>(&operand->value); big && op == "USub") {
    if (big->digits.front() == '-') return integer_literal(big->digits.substr(1));
    return integer_literal("-" + big->digits);
  }
  const auto integer = integer_of(*operand);
  if (!integer) return std::nullopt;
  if (op == "USub") return literal_of(-*integer);
  if (op == "Invert") return literal_of(-*integer - 1);
  return operand;
}

std::optional<Literal> fold_tuple(const Node& node) {
  LiteralTuple items;
  for (const auto& element : node.list(Field::kElts)) {
    auto item = fold(*element);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return Literal{std::move(items)};
}

}  // namespace

std::optional<Literal> fold(const Node& expression) {
  switch (expression.kind) {
    case NodeKind::kConstant:
      return expression.literal;
    case NodeKind::kName:
      if (expression.text(Field::kId) == "__debug__") return Literal{true};
      return std::nullopt;
    case NodeKind::kUnaryOp:
      return fold_unary(expression);
    case NodeKind::kBinOp:
      return fold_binary(expression);
    case NodeKind::kTuple:
      return fold_tuple(expression);
    default:
      return std::nullopt;
  }
}

}  // namespace gilbench
