// Displays, comprehensions and f-strings.
#include <algorithm>

#include "runtime/program/compiler.h"
#include "runtime/program/fold.h"

namespace gilbench {
namespace {

// Longer displays are built up piece by piece, so that they do not ask for a tall stack.
constexpr std::size_t kMaxPushed = 30;
// From here on a list of constants is copied out of a constant tuple.
constexpr std::size_t kMinCopied = 3;

// What CPython 3.11 calls a comprehension's frame.
const char* frame_name(const Node& node) {
  if (node.is(NodeKind::kListComp)) return "<listcomp>";
  return node.is(NodeKind::kSetComp) ? "<setcomp>" : "<dictcomp>";
}

}  // namespace

void Compiler::sequence(const NodeList& elements, Opcode build, Opcode add, Opcode extend) {
  const auto first_star = std::find_if(elements.begin(), elements.end(), is_starred);
  std::size_t pushed = static_cast<std::size_t>(first_star - elements.begin());
  if (pushed > kMaxPushed) pushed = 0;
  for (std::size_t i = 0; i < pushed; ++i) expression(*elements[i]);
  emit(build, static_cast<std::uint32_t>(pushed));
  for (std::size_t i = pushed; i < elements.size(); ++i) {
    const bool starred = is_starred(elements[i]);
    expression(starred ? elements[i]->at(Field::kValue) : *elements[i]);
    emit(starred ? extend : add, 1);
  }
}

void Compiler::list_display(const Node& node) {
  const NodeList& elements = node.list(Field::kElts);
  LiteralTuple items;
  for (const auto& element : elements) {
    auto item = fold(*element);
    if (!item) break;
    items.push_back(std::move(*item));
  }
  if (items.size() < elements.size() || items.size() < kMinCopied) {
    return sequence(elements, Opcode::BUILD_LIST, Opcode::LIST_APPEND, Opcode::LIST_EXTEND);
  }
  emit(Opcode::BUILD_LIST, 0);
  emit_constant({std::move(items)});
  emit(Opcode::LIST_EXTEND, 1);
}

void Compiler::tuple_display(const Node& node) {
  const NodeList& elements = node.list(Field::kElts);
  if (elements.size() > kMaxPushed || std::any_of(elements.begin(), elements.end(), is_starred)) {
    sequence(elements, Opcode::BUILD_LIST, Opcode::LIST_APPEND, Opcode::LIST_EXTEND);
    return emit(Opcode::LIST_TO_TUPLE);
  }
  for (const auto& element : elements) expression(*element);
  emit(Opcode::BUILD_TUPLE, static_cast<std::uint32_t>(elements.size()));
}

void Compiler::dict_display(const Node& node) {
  const NodeList& keys = node.list(Field::kKeys);
  const NodeList& values = node.list(Field::kValues);
  const auto first_mapping = std::find(keys.begin(), keys.end(), nullptr);
  std::size_t pushed = static_cast<std::size_t>(first_mapping - keys.begin());
  if (2 * pushed > kMaxPushed) pushed = 0;
  for (std::size_t i = 0; i < pushed; ++i) {
    expression(*keys[i]);
    expression(*values[i]);
  }
  emit(Opcode::BUILD_DICT, static_cast<std::uint32_t>(pushed));
  for (std::size_t i = pushed; i < keys.size(); ++i) {
    if (keys[i] != nullptr) expression(*keys[i]);
    expression(*values[i]);
    emit(keys[i] != nullptr ? Opcode::DICT_ADD : Opcode::DICT_UPDATE, 1);
  }
}

// Runs inside its frame. Its captured variables get fresh cells each time; at the end its variables
// are emptied, so that they keep no object alive.
void Compiler::comprehension(const Node& node) {
  const Scope& scope = scopes_.of(node);
  emit(node.is(NodeKind::kListComp)  ? Opcode::BUILD_LIST
       : node.is(NodeKind::kSetComp) ? Opcode::BUILD_SET
                                     : Opcode::BUILD_DICT,
       0);
  const Node& first = *node.list(Field::kGenerators).front();
  iterable(first.at(Field::kIter));
  emit(Opcode::GET_ITER);
  const Scope* const outer_scope = std::exchange(scope_, &scope);
  std::vector<std::uint32_t> slots;
  for (const std::string& name : scope.names) {
    const Symbol& symbol = scope.symbols.at(name);
    if (!symbol.bound) continue;
    slots.push_back(symbol.slot);
    if (!symbol.captured) continue;
    clear_slot(symbol.slot);
    emit(Opcode::MAKE_CELL, symbol.slot);
  }
  const std::size_t entry = unit_->comprehensions.size();
  unit_->comprehensions.push_back(
      {out().position(), 0, node.line, constants_.add_text(frame_name(node))});
  comprehension_loop(node, 0);
  unit_->comprehensions[entry].end = out().position();
  unit_->comprehensions[entry].slots = slots;
  for (const std::uint32_t slot : slots) clear_slot(slot);
  scope_ = outer_scope;
}

void Compiler::generator_expression(const Node& node) {
  const Scope& scope = scopes_.of(node);
  const std::uint32_t code = write_code(scope, "<genexpr>", node.line, [&] {
    emit(Opcode::LOAD_LOCAL, 0);  // the first iterable's iterator
    comprehension_loop(node, 0);
    emit_none();
    emit(Opcode::RETURN);
  });
  program_->codes[code].positional_count = 1;
  make_function(scope, code, 0);
  emit(Opcode::PUSH_NULL);
  iterable(node.list(Field::kGenerators).front()->at(Field::kIter));
  emit(Opcode::GET_ITER);
  emit(Opcode::CALL, 1);
}

// One `for` of a comprehension and all that is nested in it. The first one's iterator is on the
// stack.
void Compiler::comprehension_loop(const Node& node, std::size_t index) {
  const NodeList& generators = node.list(Field::kGenerators);
  const Node& generator = *generators[index];
  if (generator.number(Field::kIsAsync) != 0) {
    diagnostics_.unsupported(node.line, "an asynchronous comprehension");
  }
  if (index > 0) {
    iterable(generator.at(Field::kIter));
    emit(Opcode::GET_ITER);
  }
  const Label start = out().new_label();
  const Label next = out().new_label();
  const Label end = out().new_label();
  out().bind(start);
  out().jump(Opcode::FOR_ITER, end);
  store(generator.at(Field::kTarget));
  for (const auto& test : generator.list(Field::kIfs)) jump_if(*test, next, false);
  if (index + 1 < generators.size()) {
    comprehension_loop(node, index + 1);
  } else {
    comprehension_element(node);
  }
  out().bind(next);
  out().jump(Opcode::JUMP_BACK, start);
  out().bind(end);
}

// Between the result and the element stand the iterators, one for each `for`.
void Compiler::comprehension_element(const Node& node) {
  const auto below = static_cast<std::uint32_t>(node.list(Field::kGenerators).size() + 1);
  if (node.is(NodeKind::kDictComp)) {
    expression(node.at(Field::kKey));
    expression(node.at(Field::kValue));
    return emit(Opcode::DICT_ADD, below);
  }
  expression(node.at(Field::kElt));
  if (node.is(NodeKind::kListComp)) return emit(Opcode::LIST_APPEND, below);
  if (node.is(NodeKind::kSetComp)) return emit(Opcode::SET_ADD, below);
  emit(Opcode::YIELD);
  emit(Opcode::POP);
}

void Compiler::joined_string(const Node& node) {
  const NodeList& parts = node.list(Field::kValues);
  if (parts.empty()) return emit_constant({std::string()});
  for (const auto& part : parts) expression(*part);
  if (parts.size() > 1) emit(Opcode::BUILD_STRING, static_cast<std::uint32_t>(parts.size()));
}

void Compiler::formatted_value(const Node& node) {
  expression(node.at(Field::kValue));
  std::uint32_t argument = 0;
  if (node.number(Field::kConversion) == 's') argument = 1;
  if (node.number(Field::kConversion) == 'r') argument = 2;
  if (node.number(Field::kConversion) == 'a') argument = 3;
  if (const Node* spec = node.find(Field::kFormatSpec)) {
    expression(*spec);
    argument |= 4u;
  }
  emit(Opcode::FORMAT_VALUE, argument);
}

}  // namespace gilbench
