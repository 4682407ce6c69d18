// Statements that go straight on: assignment in all its forms, del, raise, assert.
#include <algorithm>

#include "runtime/program/compiler.h"
#include "runtime/program/fold.h"

namespace gilbench {
namespace {

bool is_sequence(const Node& node) { return node.is(NodeKind::kTuple) || node.is(NodeKind::kList); }

Opcode augmented_opcode(const std::string& op) {
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

}  // namespace

void Compiler::statements(const NodeList& body) {
  for (const auto& node : body) statement(*node);
}

// NOLINTNEXTLINE(readability-function-size): one case for each statement
void Compiler::statement(const Node& node) {
  out().set_line(node.line);
  switch (node.kind) {
    case NodeKind::kExpressionStatement:
      if (node.at(Field::kValue).is(NodeKind::kConstant)) return;  // a docstring or `...`
      expression(node.at(Field::kValue));
      return emit(Opcode::POP);
    case NodeKind::kAssign:
      return assign(node);
    case NodeKind::kAugAssign:
      return augmented_assign(node);
    case NodeKind::kAnnAssign:
      if (const Node* value = node.find(Field::kValue)) {
        expression(*value);
        store(node.at(Field::kTarget));
      }
      return;
    case NodeKind::kIf:
      return if_statement(node);
    case NodeKind::kWhile:
      return while_loop(node);
    case NodeKind::kFor:
      return for_loop(node);
    case NodeKind::kBreak:
      return leave_loop(node, true);
    case NodeKind::kContinue:
      return leave_loop(node, false);
    case NodeKind::kReturn:
      return return_statement(node);
    case NodeKind::kTry:
      return try_statement(node);
    case NodeKind::kWith:
      return with_statement(node, 0);
    case NodeKind::kRaise:
      return raise(node);
    case NodeKind::kAssert:
      return assertion(node);
    case NodeKind::kDelete:
      for (const auto& target : node.list(Field::kTargets)) remove(*target);
      return;
    case NodeKind::kFunctionDef:
      return function_definition(node);
    case NodeKind::kClassDef:
      return class_definition(node);
    case NodeKind::kImport:
      return import_modules(node);
    case NodeKind::kImportFrom:
      return import_names(node);
    case NodeKind::kPass:
    case NodeKind::kGlobal:
    case NodeKind::kNonlocal:
      return;
    case NodeKind::kAsyncFunctionDef:
      diagnostics_.unsupported(node.line, "async def");
    case NodeKind::kAsyncFor:
      diagnostics_.unsupported(node.line, "async for");
    case NodeKind::kAsyncWith:
      diagnostics_.unsupported(node.line, "async with");
    case NodeKind::kMatch:
      diagnostics_.unsupported(node.line, "a match statement");
    case NodeKind::kTryStar:
      diagnostics_.unsupported(node.line, "except*");
    case NodeKind::kTypeAlias:
      diagnostics_.unsupported(node.line, "a type statement");
    default:
      diagnostics_.unsupported(node.line, node.type);
  }
}

void Compiler::assign(const Node& node) {
  const NodeList& targets = node.list(Field::kTargets);
  const Node& value = node.at(Field::kValue);
  if (targets.size() == 1 && assign_by_swapping(*targets.front(), value)) return;
  expression(value);
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (i + 1 < targets.size()) emit(Opcode::COPY, 1);
    store(*targets[i]);
  }
}

// `a, b = b, a` needs no tuple: the values change places on the stack.
bool Compiler::assign_by_swapping(const Node& target, const Node& value) {
  if (!is_sequence(target) || !value.is(NodeKind::kTuple)) return false;
  const NodeList& targets = target.list(Field::kElts);
  const NodeList& values = value.list(Field::kElts);
  if (targets.size() != values.size() || targets.size() < 2 || targets.size() > 3) return false;
  if (std::any_of(targets.begin(), targets.end(), is_starred)) return false;
  if (std::any_of(values.begin(), values.end(), is_starred)) return false;
  for (const auto& element : values) expression(*element);
  emit(Opcode::SWAP, static_cast<std::uint32_t>(values.size()));
  for (const auto& element : targets) store(*element);
  return true;
}

namespace {

// Whether evaluating the expression may bind a name, as `:=` and comprehensions do.
bool may_bind(const Node& node) {
  switch (node.kind) {
    case NodeKind::kNamedExpr:
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kDictComp:
    case NodeKind::kGeneratorExp:
      return true;
    default:
      return std::any_of(node.fields.begin(), node.fields.end(), [](const FieldValue& value) {
        if (value.node != nullptr && may_bind(*value.node)) return true;
        return std::any_of(value.nodes.begin(), value.nodes.end(),
                           [](const auto& child) { return child != nullptr && may_bind(*child); });
      });
  }
}

}  // namespace

bool Compiler::is_local(const Node& node) const {
  return node.is(NodeKind::kName) &&
         scopes_.place(*scope_, scope_->mangle(node.text(Field::kId))).kind == Place::kLocal;
}

void Compiler::augmented_assign(const Node& node) {
  const Node& target = node.at(Field::kTarget);
  const Opcode opcode = augmented_opcode(node.text(Field::kOp));
  if (opcode == Opcode::NOP) diagnostics_.unsupported(node.line, "the operator @=");
  const auto operate = [&] {
    expression(node.at(Field::kValue));
    emit(opcode, 1);
  };
  if (target.is(NodeKind::kName)) {
    load_name(target.text(Field::kId));
    operate();
    return store_name(target.text(Field::kId));
  }
  // An object, or an index, that is a local and stays the same one is loaded again for the store:
  // it need not wait on the stack, and both can borrow it.
  const Node& object = target.at(Field::kValue);
  const Node& value = node.at(Field::kValue);
  const bool is_attribute = target.is(NodeKind::kAttribute);
  const bool loads_again =
      is_local(object) && (is_attribute || is_local(target.at(Field::kSlice))) && !may_bind(value);
  expression(object);
  if (is_attribute) {
    const std::string name = scope_->mangle(target.text(Field::kAttr));
    if (!loads_again) emit(Opcode::COPY, 1);
    {
      LineOf line(*this, target.end_line);
      emit_site(Opcode::LOAD_ATTR, name);
    }
    operate();
    if (loads_again) {
      expression(object);
    } else {
      emit(Opcode::SWAP, 2);
    }
    LineOf line(*this, target.end_line);
    return emit_site(Opcode::STORE_ATTR, name);
  }
  expression(target.at(Field::kSlice));
  if (loads_again) {
    emit(Opcode::SUBSCRIPT);
    operate();
    expression(object);
    expression(target.at(Field::kSlice));
    return emit(Opcode::STORE_SUBSCRIPT);
  }
  emit(Opcode::COPY, 2);
  emit(Opcode::COPY, 2);
  emit(Opcode::SUBSCRIPT);
  operate();
  // object index value -- value object index
  emit(Opcode::SWAP, 3);
  emit(Opcode::SWAP, 2);
  emit(Opcode::STORE_SUBSCRIPT);
}

// Stores the topmost value.
void Compiler::store(const Node& target) {
  LineOf line(*this, target.line);
  switch (target.kind) {
    case NodeKind::kName:
      return store_name(target.text(Field::kId));
    case NodeKind::kAttribute: {
      expression(target.at(Field::kValue));
      LineOf attribute_line(*this, target.end_line);
      return emit_site(Opcode::STORE_ATTR, scope_->mangle(target.text(Field::kAttr)));
    }
    case NodeKind::kSubscript:
      expression(target.at(Field::kValue));
      expression(target.at(Field::kSlice));
      return emit(Opcode::STORE_SUBSCRIPT);
    case NodeKind::kTuple:
    case NodeKind::kList:
      return unpack(target);
    case NodeKind::kStarred:
      diagnostics_.syntax_error(target.line,
                                "starred assignment target must be in a list or tuple");
    default:
      diagnostics_.unsupported(target.line, "assignment to " + target.type);
  }
}

void Compiler::unpack(const Node& target) {
  const NodeList& elements = target.list(Field::kElts);
  const auto star = std::find_if(elements.begin(), elements.end(), is_starred);
  if (star == elements.end()) {
    emit(Opcode::UNPACK, static_cast<std::uint32_t>(elements.size()));
  } else {
    if (std::find_if(star + 1, elements.end(), is_starred) != elements.end()) {
      diagnostics_.syntax_error(target.line, "multiple starred expressions in assignment");
    }
    const auto before = static_cast<std::uint32_t>(star - elements.begin());
    const auto after = static_cast<std::uint32_t>(elements.end() - star - 1);
    if (before > 0xffu || after > 0xffffu) {
      diagnostics_.syntax_error(target.line, "too many expressions in star-unpacking assignment");
    }
    emit(Opcode::UNPACK_STAR, before | (after << 8));
  }
  for (const auto& element : elements) {
    store(is_starred(element) ? element->at(Field::kValue) : *element);
  }
}

void Compiler::remove(const Node& target) {
  LineOf line(*this, target.line);
  switch (target.kind) {
    case NodeKind::kName:
      return delete_name(target.text(Field::kId), target.line);
    case NodeKind::kAttribute: {
      expression(target.at(Field::kValue));
      LineOf attribute_line(*this, target.end_line);
      return emit_site(Opcode::DELETE_ATTR, scope_->mangle(target.text(Field::kAttr)));
    }
    case NodeKind::kSubscript:
      expression(target.at(Field::kValue));
      expression(target.at(Field::kSlice));
      return emit(Opcode::DELETE_SUBSCRIPT);
    case NodeKind::kTuple:
    case NodeKind::kList:
      for (const auto& element : target.list(Field::kElts)) remove(*element);
      return;
    default:
      diagnostics_.unsupported(target.line, "del of " + target.type);
  }
}

void Compiler::raise(const Node& node) {
  std::uint32_t count = 0;
  for (const Field field : {Field::kExc, Field::kCause}) {
    if (const Node* value = node.find(field)) {
      expression(*value);
      ++count;
    }
  }
  emit(Opcode::RAISE, count);
}

void Compiler::assertion(const Node& node) {
  const Label end = out().new_label();
  jump_if(node.at(Field::kTest), end, true);
  const Node* message = node.find(Field::kMsg);
  if (message != nullptr) expression(*message);
  emit(Opcode::ASSERT_FAIL, message != nullptr ? 1 : 0);
  out().bind(end);
}

}  // namespace gilbench
