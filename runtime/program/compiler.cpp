// Writes a code from its scope to its words, and chooses the instruction for each kind of name:
// local, cell, global, or name in a class body.
#include "runtime/program/compiler.h"

#include <utility>

namespace gilbench {

Compiler::LineOf::LineOf(Compiler& compiler, std::uint32_t line)
    : assembler_(compiler.out()), old_line_(assembler_.line()) {
  assembler_.set_line(line);
}
Compiler::LineOf::~LineOf() { assembler_.set_line(old_line_); }

Compiler::Compiler(const Tree& tree, std::string path)
    : tree_(tree),
      diagnostics_{std::move(path)},
      scopes_(*tree.module, diagnostics_),
      program_(std::make_shared<Program>()) {}

std::shared_ptr<const Program> Compiler::compile() {
  program_->path = diagnostics_.path;
  program_->source_lines = tree_.source_lines;
  const NodeList& body = tree_.module->list(Field::kBody);
  write_code(scopes_.module(), "<module>", 1, [&] {
    if (const std::string* docstring = docstring_of(body)) {
      emit_constant({*docstring});
      emit_site(Opcode::STORE_GLOBAL, "__doc__");
    }
    statements(body);
    emit_none();
    emit(Opcode::RETURN);
  });
  program_->constants = constants_.take();
  return program_;
}

// Gives the index of the code in Program::codes. The tree's parameters, where there are some, are
// the caller's to describe.
std::uint32_t Compiler::write_code(const Scope& scope, const std::string& name,
                                   std::uint32_t first_line,
                                   const std::function<void()>& write_body) {
  Unit unit;
  unit.scope = &scope;
  unit.qualified_name = qualify(name);
  Unit* const outer_unit = std::exchange(unit_, &unit);
  const Scope* const outer_scope = std::exchange(scope_, &scope);
  const auto index = static_cast<std::uint32_t>(program_->codes.size());
  program_->codes.emplace_back();

  out().set_line(first_line);
  if (scope.kind == ScopeKind::kFunction) {
    for (const std::string& variable : scope.names) {
      const Symbol& symbol = scope.symbols.at(variable);
      if (symbol.captured) emit(Opcode::MAKE_CELL, symbol.slot);
    }
  }
  if (scope.has_class_cell) emit(Opcode::MAKE_CELL, scope.class_cell_slot);
  write_body();

  Code code;
  code.name = name;
  code.qualified_name = unit.qualified_name;
  code.first_line = first_line;
  code.docstring = constants_.add({NoneConstant{}});
  code.is_generator = scope.is_generator;
  code.is_class_body = scope.kind == ScopeKind::kClass;
  code.slot_count = static_cast<std::uint32_t>(scope.slot_names.size());
  code.free_count = static_cast<std::uint32_t>(scope.free_names.size());
  for (const std::string& slot : scope.slot_names) {
    code.slot_names.push_back(constants_.add_text(slot));
  }
  code.comprehensions = std::move(unit.comprehensions);
  unit.assembler.finish(code);
  program_->codes[index] = std::move(code);
  unit_ = outer_unit;
  scope_ = outer_scope;
  return index;
}

// The qualified name of a definition that stands in the present unit.
std::string Compiler::qualify(const std::string& name) const {
  if (unit_ == nullptr || unit_->scope->kind == ScopeKind::kModule) return name;
  const Symbol* symbol = scope_->find(scope_->mangle(name));
  if (symbol != nullptr && symbol->global) return name;
  // As CPython has it: a generator expression is no function in this respect.
  const bool in_function =
      unit_->scope->kind == ScopeKind::kFunction && !unit_->qualified_name.ends_with("<genexpr>");
  return unit_->qualified_name + (in_function ? ".<locals>." : ".") + name;
}

void Compiler::emit(Opcode opcode, std::uint32_t argument, std::uint32_t second) {
  out().emit(opcode, argument, second);
}

void Compiler::emit_constant(const Literal& literal) {
  if (out().reachable()) emit(Opcode::LOAD_CONST, constants_.add(literal));
}

void Compiler::emit_none() { emit_constant({NoneConstant{}}); }

void Compiler::emit_site(Opcode opcode, const std::string& name) {
  if (!out().reachable()) return;
  const auto site = static_cast<std::uint32_t>(program_->cache_sites.size());
  program_->cache_sites.push_back({constants_.add_text(name)});
  emit(opcode, site);
}

void Compiler::load_name(const std::string& raw_name) {
  const std::string name = scope_->mangle(raw_name);
  const Place place = scopes_.place(*scope_, name);
  switch (place.kind) {
    case Place::kLocal:
      return emit(Opcode::LOAD_LOCAL, place.slot);
    case Place::kCell:
      return emit(Opcode::LOAD_CELL, place.slot);
    case Place::kGlobal:
      return emit_site(Opcode::LOAD_GLOBAL, name);
    case Place::kClassName:
      return emit_site(Opcode::LOAD_NAME, name);
  }
}

void Compiler::store_name(const std::string& raw_name) {
  const std::string name = scope_->mangle(raw_name);
  const Place place = scopes_.place(*scope_, name);
  switch (place.kind) {
    case Place::kLocal:
      return emit(Opcode::STORE_LOCAL, place.slot);
    case Place::kCell:
      return emit(Opcode::STORE_CELL, place.slot);
    case Place::kGlobal:
      return emit_site(Opcode::STORE_GLOBAL, name);
    case Place::kClassName:
      return emit_site(Opcode::STORE_NAME, name);
  }
}

void Compiler::delete_name(const std::string& raw_name, std::uint32_t line) {
  const std::string name = scope_->mangle(raw_name);
  const Place place = scopes_.place(*scope_, name);
  switch (place.kind) {
    case Place::kLocal:
      return emit(Opcode::DELETE_LOCAL, place.slot);
    case Place::kCell:
      return emit(Opcode::DELETE_CELL, place.slot);
    case Place::kGlobal:
      return emit_site(Opcode::DELETE_GLOBAL, name);
    case Place::kClassName:
      diagnostics_.unsupported(line, "unbinding a name in a class body");
  }
}

// DELETE_LOCAL wants a value there, and nobody knows whether there is one.
void Compiler::clear_slot(std::uint32_t slot) {
  emit_none();
  emit(Opcode::STORE_LOCAL, slot);
  emit(Opcode::DELETE_LOCAL, slot);
}

std::shared_ptr<const Program> compile(const std::string& tree_json, const std::string& path) {
  const Tree tree = read_tree(tree_json, path);
  return Compiler(tree, path).compile();
}

std::shared_ptr<const Program> compile_file(const std::string& path) {
  return compile(print_tree(path), path);
}

}  // namespace gilbench
