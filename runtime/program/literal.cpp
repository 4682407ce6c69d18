// The pool's key is a letter for the type and the exact value (a float's bits), so 1, True and 1.0
// stay apart, and so do 0.0 and -0.0.
#include "runtime/program/literal.h"

#include <bit>
#include <charconv>
#include <utility>

namespace gilbench {

bool truth_of(const Literal& literal) {
  struct Visitor {
    bool operator()(const NoneConstant&) const { return false; }
    bool operator()(bool value) const { return value; }
    bool operator()(std::int64_t value) const { return value != 0; }
    bool operator()(const BigConstant&) const { return true; }
    bool operator()(double value) const { return value != 0; }
    bool operator()(const std::string& value) const { return !value.empty(); }
    bool operator()(const BytesConstant& value) const { return !value.bytes.empty(); }
    bool operator()(const EllipsisConstant&) const { return true; }
    bool operator()(const LiteralTuple& value) const { return !value.empty(); }
  };
  return std::visit(Visitor{}, literal.value);
}

Literal integer_literal(std::string digits) {
  std::int64_t value = 0;
  const char* end = digits.data() + digits.size();
  const auto result = std::from_chars(digits.data(), end, value);
  if (result.ec == std::errc() && result.ptr == end) return {value};
  return {BigConstant{std::move(digits)}};
}

std::uint32_t ConstantPool::add(const Literal& literal) {
  struct Visitor {
    ConstantPool& pool;

    std::uint32_t operator()(const NoneConstant& value) const {
      return pool.add_keyed("n", {value});
    }
    std::uint32_t operator()(bool value) const {
      return pool.add_keyed(value ? "b1" : "b0", {value});
    }
    std::uint32_t operator()(std::int64_t value) const {
      return pool.add_keyed("i" + std::to_string(value), {value});
    }
    std::uint32_t operator()(const BigConstant& value) const {
      return pool.add_keyed("i" + value.digits, {value});
    }
    std::uint32_t operator()(double value) const {
      return pool.add_keyed("f" + std::to_string(std::bit_cast<std::uint64_t>(value)), {value});
    }
    std::uint32_t operator()(const std::string& value) const { return pool.add_text(value); }
    std::uint32_t operator()(const BytesConstant& value) const {
      return pool.add_keyed("y" + value.bytes, {value});
    }
    std::uint32_t operator()(const EllipsisConstant& value) const {
      return pool.add_keyed("e", {value});
    }
    std::uint32_t operator()(const LiteralTuple& value) const {
      TupleConstant tuple;
      std::string key = "t";
      for (const Literal& item : value) {
        tuple.items.push_back(pool.add(item));
        key += std::to_string(tuple.items.back()) + ",";
      }
      return pool.add_keyed(std::move(key), {std::move(tuple)});
    }
  };
  return std::visit(Visitor{*this}, literal.value);
}

std::uint32_t ConstantPool::add_text(std::string_view text) {
  return add_keyed("s" + std::string(text), {std::string(text)});
}

std::uint32_t ConstantPool::add_names(const std::vector<std::string>& names) {
  LiteralTuple tuple;
  for (const std::string& name : names) tuple.push_back({name});
  return add({std::move(tuple)});
}

std::uint32_t ConstantPool::add_keyed(std::string key, Constant constant) {
  const auto [found, is_new] =
      index_.try_emplace(std::move(key), static_cast<std::uint32_t>(constants_.size()));
  if (is_new) constants_.push_back(std::move(constant));
  return found->second;
}

}  // namespace gilbench
