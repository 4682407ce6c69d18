// Functions, classes and imports.
#include "runtime/program/compiler.h"
#include "runtime/program/fold.h"

namespace gilbench {
namespace {

constexpr std::uint32_t kHasDefaults = 1;
constexpr std::uint32_t kHasKeywordDefaults = 2;
constexpr std::uint32_t kHasClosure = 4;

// A decorated definition begins at its first decorator, as in CPython's co_firstlineno.
std::uint32_t first_line_of(const Node& node) {
  const NodeList& decorators = node.list(Field::kDecoratorList);
  return decorators.empty() ? node.line : decorators.front()->line;
}

}  // namespace

void Compiler::function_definition(const Node& node) {
  if (!node.list(Field::kTypeParams).empty()) {
    diagnostics_.unsupported(node.line, "a type parameter");
  }
  decorators(node);
  const std::uint32_t flags = defaults(node.at(Field::kArgs));
  const Scope& scope = scopes_.of(node);
  const std::uint32_t code = write_code(scope, node.text(Field::kName), first_line_of(node), [&] {
    statements(node.list(Field::kBody));
    emit_none();
    emit(Opcode::RETURN);
  });
  describe_parameters(node.at(Field::kArgs), program_->codes[code]);
  if (const std::string* docstring = docstring_of(node.list(Field::kBody))) {
    program_->codes[code].docstring = constants_.add({*docstring});
  }
  make_function(scope, code, flags);
  apply_decorators(node);
  store_name(node.text(Field::kName));
}

void Compiler::lambda(const Node& node) {
  const std::uint32_t flags = defaults(node.at(Field::kArgs));
  const Scope& scope = scopes_.of(node);
  const std::uint32_t code = write_code(scope, "<lambda>", node.line, [&] {
    expression(node.at(Field::kBody));
    emit(Opcode::RETURN);
  });
  describe_parameters(node.at(Field::kArgs), program_->codes[code]);
  make_function(scope, code, flags);
}

// Pushes the default values; gives the flags for MAKE_FUNCTION.
std::uint32_t Compiler::defaults(const Node& arguments) {
  std::uint32_t flags = 0;
  const NodeList& positional = arguments.list(Field::kDefaults);
  if (!positional.empty()) {
    flags |= kHasDefaults;
    for (const auto& value : positional) expression(*value);
    emit(Opcode::BUILD_TUPLE, static_cast<std::uint32_t>(positional.size()));
  }
  const NodeList& names = arguments.list(Field::kKwonlyargs);
  const NodeList& values = arguments.list(Field::kKwDefaults);
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] == nullptr) continue;
    emit_constant({scope_->mangle(names[i]->text(Field::kArg))});
    expression(*values[i]);
    ++count;
  }
  if (count > 0) {
    flags |= kHasKeywordDefaults;
    emit(Opcode::BUILD_DICT, count);
  }
  return flags;
}

void Compiler::describe_parameters(const Node& arguments, Code& code) const {
  const std::size_t positional_only = arguments.list(Field::kPosonlyargs).size();
  const std::size_t positional = positional_only + arguments.list(Field::kArgs).size();
  code.positional_only_count = static_cast<std::uint32_t>(positional_only);
  code.positional_count = static_cast<std::uint32_t>(positional);
  code.keyword_only_count = static_cast<std::uint32_t>(arguments.list(Field::kKwonlyargs).size());
  code.has_varargs = arguments.find(Field::kVararg) != nullptr;
  code.has_varkeywords = arguments.find(Field::kKwarg) != nullptr;
}

void Compiler::make_function(const Scope& scope, std::uint32_t code, std::uint32_t flags) {
  if (!scope.free_names.empty()) {
    for (const std::string& name : scope.free_names) {
      emit(Opcode::LOAD_CLOSURE, scopes_.closure_slot(*scope_, name));
    }
    emit(Opcode::BUILD_TUPLE, static_cast<std::uint32_t>(scope.free_names.size()));
    flags |= kHasClosure;
  }
  emit(Opcode::MAKE_FUNCTION, code, flags);
}

void Compiler::decorators(const Node& node) {
  for (const auto& decorator : node.list(Field::kDecoratorList)) {
    expression(*decorator);
    emit(Opcode::PUSH_NULL);
  }
}

void Compiler::apply_decorators(const Node& node) {
  const NodeList& list = node.list(Field::kDecoratorList);
  for (auto decorator = list.rbegin(); decorator != list.rend(); ++decorator) {
    LineOf line(*this, (*decorator)->line);
    emit(Opcode::CALL, 1);
  }
}

// The body is a function without parameters. It returns the cell that its methods' super() reads,
// for the interpreter to fill with the finished class, or None.
void Compiler::class_definition(const Node& node) {
  const NodeList& bases = node.list(Field::kBases);
  if (!node.list(Field::kTypeParams).empty()) {
    diagnostics_.unsupported(node.line, "a type parameter");
  }
  if (!node.list(Field::kKeywords).empty()) {
    diagnostics_.unsupported(node.line, "a class with keywords (metaclass)");
  }
  if (bases.size() > 1) diagnostics_.unsupported(node.line, "a class with several bases");
  decorators(node);
  const Scope& scope = scopes_.of(node);
  const NodeList& body = node.list(Field::kBody);
  const std::uint32_t code = write_code(scope, node.text(Field::kName), first_line_of(node), [&] {
    if (const std::string* docstring = docstring_of(body)) {
      emit_constant({*docstring});
      emit_site(Opcode::STORE_NAME, "__doc__");
    }
    statements(body);
    if (scope.has_class_cell) {
      emit(Opcode::LOAD_CLOSURE, scope.class_cell_slot);
    } else {
      emit_none();
    }
    emit(Opcode::RETURN);
  });
  make_function(scope, code, 0);
  if (bases.empty()) {
    emit(Opcode::PUSH_NULL);
  } else {
    expression(*bases.front());
  }
  emit(Opcode::BUILD_CLASS, constants_.add_text(node.text(Field::kName)));
  apply_decorators(node);
  store_name(node.text(Field::kName));
}

void Compiler::import_modules(const Node& node) {
  for (const auto& alias : node.list(Field::kNames)) {
    const std::string& name = alias->text(Field::kName);
    if (name.find('.') != std::string::npos) {
      diagnostics_.unsupported(node.line, "import of the dotted module " + name);
    }
    const std::string& renamed = alias->text(Field::kAsname);
    emit(Opcode::IMPORT, constants_.add_text(name));
    store_name(renamed.empty() ? name : renamed);
  }
}

void Compiler::import_names(const Node& node) {
  const std::string& module = node.text(Field::kModule);
  if (node.number(Field::kLevel) > 0) diagnostics_.unsupported(node.line, "a relative import");
  if (module == "__future__") return;  // annotations are never evaluated; the rest is the rule now
  if (module.find('.') != std::string::npos) {
    diagnostics_.unsupported(node.line, "import of the dotted module " + module);
  }
  emit(Opcode::IMPORT, constants_.add_text(module));
  for (const auto& alias : node.list(Field::kNames)) {
    const std::string& name = alias->text(Field::kName);
    if (name == "*") diagnostics_.unsupported(node.line, "from " + module + " import *");
    const std::string& renamed = alias->text(Field::kAsname);
    emit(Opcode::IMPORT_FROM, constants_.add_text(name));
    store_name(renamed.empty() ? name : renamed);
  }
  emit(Opcode::POP);
}

}  // namespace gilbench
