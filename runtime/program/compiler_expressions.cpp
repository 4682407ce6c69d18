// Expressions other than calls, displays and comprehensions; and jumps on conditions.
#include "runtime/program/compiler.h"
#include "runtime/program/fold.h"

namespace gilbench {
namespace {

Opcode binary_opcode(const std::string& op) {
  if (op == "Add") return Opcode::ADD;
  if (op == "Sub") return Opcode::SUB;
  if (op == "Mult") return Opcode::MUL;
  if (op == "Div") return Opcode::TRUE_DIV;
  if (op == "FloorDiv") return Opcode::FLOOR_DIV;
  if (op == "Mod") return Opcode::MOD;
  if (op == "Pow") return Opcode::POW;
  if (op == "LShift") return Opcode::LSHIFT;
  if (op == "RShift") return Opcode::RSHIFT;
  if (op == "BitAnd") return Opcode::BIT_AND;
  if (op == "BitOr") return Opcode::BIT_OR;
  if (op == "BitXor") return Opcode::BIT_XOR;
  return Opcode::NOP;
}

Opcode comparison_opcode(const std::string& op) {
  if (op == "Lt") return Opcode::COMPARE_LT;
  if (op == "LtE") return Opcode::COMPARE_LE;
  if (op == "Eq") return Opcode::COMPARE_EQ;
  if (op == "NotEq") return Opcode::COMPARE_NE;
  if (op == "Gt") return Opcode::COMPARE_GT;
  return Opcode::COMPARE_GE;
}

// A constant tuple reads faster than a list that is built each time and thrown away.
std::optional<Literal> constant_elements(const Node& node) {
  if (!node.is(NodeKind::kList)) return std::nullopt;
  LiteralTuple items;
  for (const auto& element : node.list(Field::kElts)) {
    auto item = fold(*element);
    if (!item) return std::nullopt;
    items.push_back(std::move(*item));
  }
  return Literal{std::move(items)};
}

}  // namespace

void Compiler::expression(const Node& node) {
  LineOf line(*this, node.line);
  if (const auto constant = fold(node)) return emit_constant(*constant);
  switch (node.kind) {
    case NodeKind::kName:
      return load_name(node.text(Field::kId));
    case NodeKind::kBinOp:
      return binary(node);
    case NodeKind::kUnaryOp:
      return unary(node);
    case NodeKind::kBoolOp:
      return boolean(node);
    case NodeKind::kCompare:
      return comparison(node);
    case NodeKind::kIfExp:
      return conditional(node);
    case NodeKind::kNamedExpr:
      return walrus(node);
    case NodeKind::kAttribute:
      return attribute(node);
    case NodeKind::kSubscript:
      return subscript(node);
    case NodeKind::kSlice:
      return slice(node);
    case NodeKind::kCall:
      return call(node);
    case NodeKind::kLambda:
      return lambda(node);
    case NodeKind::kTuple:
      return tuple_display(node);
    case NodeKind::kList:
      return list_display(node);
    case NodeKind::kSet:
      return sequence(node.list(Field::kElts), Opcode::BUILD_SET, Opcode::SET_ADD,
                      Opcode::SET_UPDATE);
    case NodeKind::kDict:
      return dict_display(node);
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kDictComp:
      return comprehension(node);
    case NodeKind::kGeneratorExp:
      return generator_expression(node);
    case NodeKind::kJoinedStr:
      return joined_string(node);
    case NodeKind::kFormattedValue:
      return formatted_value(node);
    case NodeKind::kYield:
      return yield(node);
    case NodeKind::kStarred:
      diagnostics_.syntax_error(node.line, "can't use starred expression here");
    case NodeKind::kYieldFrom:
      diagnostics_.unsupported(node.line, "yield from");
    case NodeKind::kAwait:
      diagnostics_.unsupported(node.line, "await");
    case NodeKind::kTemplateStr:
      diagnostics_.unsupported(node.line, "a template string");
    default:
      diagnostics_.unsupported(node.line, node.type);
  }
}

void Compiler::binary(const Node& node) {
  const Opcode opcode = binary_opcode(node.text(Field::kOp));
  if (opcode == Opcode::NOP) diagnostics_.unsupported(node.line, "the operator @");
  expression(node.at(Field::kLeft));
  expression(node.at(Field::kRight));
  emit(opcode);
}

void Compiler::unary(const Node& node) {
  const std::string& op = node.text(Field::kOp);
  expression(node.at(Field::kOperand));
  if (op == "USub") return emit(Opcode::NEGATE);
  if (op == "UAdd") return emit(Opcode::POSITIVE);
  if (op == "Invert") return emit(Opcode::INVERT);
  emit(Opcode::NOT);
}

void Compiler::boolean(const Node& node) {
  const bool is_or = node.text(Field::kOp) == "Or";
  const NodeList& values = node.list(Field::kValues);
  const Label end = out().new_label();
  for (std::size_t i = 0; i + 1 < values.size(); ++i) {
    expression(*values[i]);
    out().jump(is_or ? Opcode::JUMP_IF_TRUE_OR_POP : Opcode::JUMP_IF_FALSE_OR_POP, end);
  }
  expression(*values.back());
  out().bind(end);
}

// Compares the two topmost values.
void Compiler::compare(const std::string& op) {
  if (op == "Is" || op == "IsNot") return emit(Opcode::IS, op == "IsNot" ? 1 : 0);
  if (op == "In" || op == "NotIn") return emit(Opcode::CONTAINS, op == "NotIn" ? 1 : 0);
  emit(comparison_opcode(op));
}

// In a chain `a < b < c` each middle value stays under the first comparison's operands.
void Compiler::comparison(const Node& node) {
  const auto& ops = node.texts(Field::kOps);
  const NodeList& operands = node.list(Field::kComparators);
  const std::size_t last = operands.size() - 1;
  expression(node.at(Field::kLeft));
  const Label cleanup = out().new_label();
  const Label end = out().new_label();
  for (std::size_t i = 0; i < last; ++i) {
    expression(*operands[i]);
    emit(Opcode::SWAP, 2);
    emit(Opcode::COPY, 2);
    compare(ops[i]);
    out().jump(Opcode::JUMP_IF_FALSE_OR_POP, cleanup);
  }
  const bool is_membership = ops[last] == "In" || ops[last] == "NotIn";
  if (is_membership) {
    iterable(*operands[last]);
  } else {
    expression(*operands[last]);
  }
  compare(ops[last]);
  if (last == 0) return;
  out().jump(Opcode::JUMP, end);
  out().bind(cleanup);
  emit(Opcode::SWAP, 2);
  emit(Opcode::POP);
  out().bind(end);
}

void Compiler::conditional(const Node& node) {
  const Label otherwise = out().new_label();
  const Label end = out().new_label();
  jump_if(node.at(Field::kTest), otherwise, false);
  expression(node.at(Field::kBody));
  out().jump(Opcode::JUMP, end);
  out().bind(otherwise);
  expression(node.at(Field::kOrelse));
  out().bind(end);
}

void Compiler::walrus(const Node& node) {
  expression(node.at(Field::kValue));
  emit(Opcode::COPY, 1);
  store_name(node.at(Field::kTarget).text(Field::kId));
}

void Compiler::attribute(const Node& node) {
  if (is_super(node.at(Field::kValue))) {
    diagnostics_.unsupported(node.line, "super() other than super().name(...)");
  }
  expression(node.at(Field::kValue));
  LineOf line(*this, node.end_line);
  emit_site(Opcode::LOAD_ATTR, scope_->mangle(node.text(Field::kAttr)));
}

void Compiler::subscript(const Node& node) {
  expression(node.at(Field::kValue));
  expression(node.at(Field::kSlice));
  emit(Opcode::SUBSCRIPT);
}

void Compiler::slice(const Node& node) {
  for (const Field field : {Field::kLower, Field::kUpper}) {
    if (const Node* bound = node.find(field)) {
      expression(*bound);
    } else {
      emit_none();
    }
  }
  const Node* step = node.find(Field::kStep);
  if (step != nullptr) expression(*step);
  emit(Opcode::BUILD_SLICE, step != nullptr ? 3 : 2);
}

void Compiler::yield(const Node& node) {
  if (const Node* value = node.find(Field::kValue)) {
    expression(*value);
  } else {
    emit_none();
  }
  emit(Opcode::YIELD);
}

// An expression that is only read through: looped over, or searched by `in`.
void Compiler::iterable(const Node& node) {
  if (const auto constant = constant_elements(node)) {
    LineOf line(*this, node.line);
    return emit_constant(*constant);
  }
  expression(node);
}

// Jumps to the target when the test's truth is `when`, else goes on; leaves nothing on the stack.
void Compiler::jump_if(const Node& test, Label target, bool when) {
  if (const auto constant = fold(test)) {
    if (truth_of(*constant) == when) out().jump(Opcode::JUMP, target);
    return;
  }
  if (test.is(NodeKind::kUnaryOp) && test.text(Field::kOp) == "Not") {
    return jump_if(test.at(Field::kOperand), target, !when);
  }
  if (test.is(NodeKind::kBoolOp)) return jump_if_boolean(test, target, when);
  if (test.is(NodeKind::kCompare) && test.list(Field::kComparators).size() > 1) {
    return jump_if_comparison(test, target, when);
  }
  if (test.is(NodeKind::kIfExp)) {
    const Label otherwise = out().new_label();
    const Label end = out().new_label();
    jump_if(test.at(Field::kTest), otherwise, false);
    jump_if(test.at(Field::kBody), target, when);
    out().jump(Opcode::JUMP, end);
    out().bind(otherwise);
    jump_if(test.at(Field::kOrelse), target, when);
    return out().bind(end);
  }
  expression(test);
  LineOf line(*this, test.line);
  out().jump(when ? Opcode::JUMP_IF_TRUE : Opcode::JUMP_IF_FALSE, target);
}

void Compiler::jump_if_boolean(const Node& test, Label target, bool when) {
  const bool is_or = test.text(Field::kOp) == "Or";
  const NodeList& values = test.list(Field::kValues);
  const Label skip = out().new_label();
  // `or` is decided by its first true value, `and` by its first false one.
  const Label decided = when == is_or ? target : skip;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) jump_if(*values[i], decided, is_or);
  jump_if(*values.back(), target, when);
  out().bind(skip);
}

void Compiler::jump_if_comparison(const Node& test, Label target, bool when) {
  LineOf line(*this, test.line);
  const auto& ops = test.texts(Field::kOps);
  const NodeList& operands = test.list(Field::kComparators);
  const std::size_t last = operands.size() - 1;
  const Label cleanup = out().new_label();
  const Label end = out().new_label();
  expression(test.at(Field::kLeft));
  for (std::size_t i = 0; i < last; ++i) {
    expression(*operands[i]);
    emit(Opcode::SWAP, 2);
    emit(Opcode::COPY, 2);
    compare(ops[i]);
    out().jump(Opcode::JUMP_IF_FALSE, cleanup);
  }
  expression(*operands[last]);
  compare(ops[last]);
  out().jump(when ? Opcode::JUMP_IF_TRUE : Opcode::JUMP_IF_FALSE, target);
  out().jump(Opcode::JUMP, end);
  out().bind(cleanup);
  emit(Opcode::POP);
  if (!when) out().jump(Opcode::JUMP, target);
  out().bind(end);
}

}  // namespace gilbench
