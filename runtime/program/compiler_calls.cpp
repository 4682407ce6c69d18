// Calls: `f(...)`, `object.name(...)`, `super().name(...)`, with keywords and spread arguments.
#include <algorithm>
#include <unordered_set>

#include "runtime/program/compiler.h"

namespace gilbench {
namespace {

bool has_spread(const NodeList& arguments, const NodeList& keywords) {
  const auto is_mapping = [](const auto& node) { return node->text(Field::kArg).empty(); };
  return std::any_of(arguments.begin(), arguments.end(), is_starred) ||
         std::any_of(keywords.begin(), keywords.end(), is_mapping);
}

}  // namespace

void Compiler::call(const Node& node) {
  const Node& function = node.at(Field::kFunc);
  const NodeList& arguments = node.list(Field::kArgs);
  const NodeList& keywords = node.list(Field::kKeywords);
  check_keywords(keywords);
  if (is_super(node)) diagnostics_.unsupported(node.line, "super() other than super().name(...)");
  const bool is_spread = has_spread(arguments, keywords);
  callable(function, is_spread);
  // CPython's tracebacks name the line of the method's name, not that of a chain's first object.
  const bool is_method = function.is(NodeKind::kAttribute) && !is_spread;
  LineOf line(*this, is_method ? function.end_line : node.line);
  if (is_spread) return spread_arguments(node);

  for (const auto& argument : arguments) expression(*argument);
  std::vector<std::string> names;
  for (const auto& keyword : keywords) {
    expression(keyword->at(Field::kValue));
    names.push_back(keyword->text(Field::kArg));
  }
  const auto count = static_cast<std::uint32_t>(arguments.size() + keywords.size());
  if (names.empty()) {
    emit(Opcode::CALL, count);
  } else {
    emit(Opcode::CALL_KEYWORDS, count, constants_.add_names(names));
  }
}

// Pushes the two slots below a call's arguments.
void Compiler::callable(const Node& function, bool is_spread) {
  if (function.is(NodeKind::kAttribute)) {
    if (is_super(function.at(Field::kValue))) return super_method(function);
    if (!is_spread) {
      expression(function.at(Field::kValue));
      LineOf line(*this, function.end_line);
      return emit_site(Opcode::LOAD_METHOD, scope_->mangle(function.text(Field::kAttr)));
    }
  }
  expression(function);
  emit(Opcode::PUSH_NULL);
}

void Compiler::spread_arguments(const Node& node) {
  const NodeList& arguments = node.list(Field::kArgs);
  if (arguments.size() == 1 && arguments.front()->is(NodeKind::kStarred)) {
    // `f(*values)`: a tuple is passed on as it is, anything else becomes one in the call, when the
    // keywords have been evaluated.
    expression(arguments.front()->at(Field::kValue));
  } else {
    sequence(arguments, Opcode::BUILD_LIST, Opcode::LIST_APPEND, Opcode::LIST_EXTEND);
  }
  const NodeList& keywords = node.list(Field::kKeywords);
  if (keywords.empty()) return emit(Opcode::CALL_SPREAD, 0);

  bool has_dict = false;
  std::uint32_t pending = 0;  // pairs pushed and not yet in a dict
  const auto flush = [&] {
    if (pending == 0 && has_dict) return;
    emit(Opcode::BUILD_DICT, pending);
    if (has_dict) emit(Opcode::DICT_MERGE, 1);
    has_dict = true;
    pending = 0;
  };
  for (const auto& keyword : keywords) {
    if (!keyword->text(Field::kArg).empty()) {
      emit_constant({keyword->text(Field::kArg)});
      expression(keyword->at(Field::kValue));
      ++pending;
      continue;
    }
    flush();
    expression(keyword->at(Field::kValue));
    emit(Opcode::DICT_MERGE, 1);
  }
  flush();
  emit(Opcode::CALL_SPREAD, 1);
}

void Compiler::check_keywords(const NodeList& keywords) const {
  std::unordered_set<std::string> seen;
  for (const auto& keyword : keywords) {
    const std::string& name = keyword->text(Field::kArg);
    if (name == "__debug__") {
      diagnostics_.syntax_error(keyword->line, "cannot assign to __debug__");
    }
    if (!name.empty() && !seen.insert(name).second) {
      diagnostics_.syntax_error(keyword->line, "keyword argument repeated: " + name);
    }
  }
}

// A call of the builtin `super`, whatever its arguments.
bool Compiler::is_super(const Node& node) const {
  if (!node.is(NodeKind::kCall)) return false;
  const Node& function = node.at(Field::kFunc);
  if (!function.is(NodeKind::kName) || function.text(Field::kId) != "super") return false;
  const Place::Kind kind = scopes_.place(*scope_, "super").kind;
  if (kind == Place::kLocal || kind == Place::kCell) return false;
  const Symbol* global = scopes_.module().find("super");
  return global == nullptr || !global->bound;
}

void Compiler::super_method(const Node& attribute) {
  const Node& call = attribute.at(Field::kValue);
  if (!call.list(Field::kArgs).empty() || !call.list(Field::kKeywords).empty()) {
    diagnostics_.unsupported(call.line, "super() with arguments");
  }
  const Scope& frame = *unit_->scope;
  const Node* arguments = frame.node->find(Field::kArgs);  // a generator expression has none
  if (scopes_.enclosing_class(*scope_) == nullptr || arguments == nullptr ||
      arguments->list(Field::kPosonlyargs).size() + arguments->list(Field::kArgs).size() == 0) {
    diagnostics_.unsupported(call.line, "super() outside a method");
  }
  LineOf line(*this, call.line);
  load_name("__class__");
  const Symbol& self = frame.symbols.at(frame.names.front());
  emit(self.captured ? Opcode::LOAD_CELL : Opcode::LOAD_LOCAL, self.slot);
  LineOf attribute_line(*this, attribute.end_line);
  emit_site(Opcode::LOAD_SUPER_METHOD, scope_->mangle(attribute.text(Field::kAttr)));
}

}  // namespace gilbench
