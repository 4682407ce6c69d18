// Which variable a name means: the symbol tables of a module, decided before any code is written.
//
// A *frame* is a scope that has a Code of its own: the module, a function (lambda and generator
// expression included) or a class body. A list, set or dict comprehension is a scope without one:
// it runs inside its frame (as in PEP 709), its variables in hidden slots there.
//
// A name is looked for from its scope outwards. Class scopes count only for code directly in them.
// A variable that another frame uses is *captured*: it lives in a cell, and every frame between
// takes the cell along as a free variable.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "runtime/program/diagnostics.h"
#include "runtime/program/tree.h"

namespace gilbench {

enum class ScopeKind { kModule, kFunction, kClass, kComprehension };

struct Symbol {
  bool bound = false;  // assigned, imported, deleted, a parameter, ...
  bool used = false;
  bool parameter = false;
  bool iteration_variable = false;  // of a comprehension or generator expression
  bool annotated = false;
  bool global = false;     // declared so
  bool nonlocal = false;   // declared so
  bool captured = false;   // lives in a cell
  std::uint32_t line = 0;  // of its declaration
  std::uint32_t slot = 0;
};

struct Scope {
  ScopeKind kind = ScopeKind::kModule;
  const Node* node = nullptr;
  Scope* parent = nullptr;
  Scope* frame = nullptr;     // the scope whose Code this one runs in; itself for a frame
  std::string private_class;  // the class whose `__names` are mangled here
  bool is_generator_expression = false;
  bool is_generator = false;
  bool has_class_cell = false;  // a class whose methods use super() or __class__
  std::uint32_t class_cell_slot = 0;
  std::vector<std::string> names;  // in order of appearance, parameters first
  std::unordered_map<std::string, Symbol> symbols;
  std::vector<Scope*> children;

  // Of frames: the slots' names; the free variables and the slots they come in.
  std::vector<std::string> slot_names;
  std::vector<std::string> free_names;
  std::unordered_map<std::string, std::uint32_t> free_slots;

  const Symbol* find(const std::string& name) const;
  bool is_frame() const { return kind != ScopeKind::kComprehension; }

  // `__name` inside class C is `_C__name`.
  std::string mangle(const std::string& name) const;
};

// How code reaches a variable.
struct Place {
  enum Kind { kLocal, kCell, kGlobal, kClassName } kind;
  std::uint32_t slot = 0;  // of kLocal and kCell
};

class ScopeTable {
 public:
  // Throws ProgramError for what CPython's symbol table pass refuses.
  ScopeTable(const Node& module, const Diagnostics& diagnostics);

  Scope& module() const { return *scopes_.front(); }
  // The scope that a function, lambda, class or comprehension opens.
  Scope& of(const Node& node) const { return *by_node_.at(&node); }

  // Where code in `scope` finds the (mangled) name.
  Place place(const Scope& scope, const std::string& name) const;
  // The slot in `scope`'s frame of the cell that an inner function takes along.
  std::uint32_t closure_slot(const Scope& scope, const std::string& name) const;
  // The class whose method `scope` is in, for super(); null outside one.
  const Scope* enclosing_class(const Scope& scope) const;

 private:
  friend class SymbolCollector;

  Scope& add_scope(ScopeKind kind, const Node* node, Scope* parent);
  Scope* owner_of(const Scope& scope, const std::string& name) const;
  void resolve(Scope& scope);
  void capture(Scope& owner, Scope& user, const std::string& name);
  void number_slots(Scope& frame);
  void number_hidden_slots(Scope& frame, Scope& scope);

  const Diagnostics& diagnostics_;
  std::vector<std::unique_ptr<Scope>> scopes_;
  std::unordered_map<const Node*, Scope*> by_node_;
};

}  // namespace gilbench
