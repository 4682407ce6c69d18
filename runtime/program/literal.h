// A constant value while it is being compiled, and the pool that gives each distinct one an index.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <variant>
#include <vector>

#include "runtime/program/program.h"

namespace gilbench {

struct Literal;
using LiteralTuple = std::vector<Literal>;

// As Constant, with a tuple's items in place.
struct Literal {
  std::variant<NoneConstant, bool, std::int64_t, BigConstant, double, std::string, BytesConstant,
               EllipsisConstant, LiteralTuple>
      value;
};

// The literal's truth, as Python's bool() has it.
bool truth_of(const Literal& literal);

// The int literal of digits as in BigConstant.
Literal integer_literal(std::string digits);

// Holds Program::constants while they grow: no two the same in type and value. Floats are the same
// only with the same bits (0.0 and -0.0 are two).
class ConstantPool {
 public:
  std::uint32_t add(const Literal& literal);
  std::uint32_t add_text(std::string_view text);
  std::uint32_t add_names(const std::vector<std::string>& names);  // a tuple of str

  std::vector<Constant> take() { return std::move(constants_); }

 private:
  std::uint32_t add_keyed(std::string key, Constant constant);

  std::vector<Constant> constants_;
  std::unordered_map<std::string, std::uint32_t> index_;
};

}  // namespace gilbench
