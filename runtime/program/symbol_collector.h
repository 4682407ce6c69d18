// The first walk over a tree: opens the scopes and notes in each which names it binds and uses.
#pragma once

#include <string>

#include "runtime/program/scopes.h"

namespace gilbench {

class SymbolCollector {
 public:
  SymbolCollector(ScopeTable& table, const Diagnostics& diagnostics)
      : table_(table), diagnostics_(diagnostics) {}

  void collect_module(const Node& module);

 private:
  void visit(const Node& node);
  void visit_list(const NodeList& nodes);
  void visit_fields(const Node& node);
  void visit_function(const Node& node, bool is_lambda);
  void visit_parameters(const Node& arguments);
  void visit_class(const Node& node);
  void visit_comprehension(const Node& node, bool is_generator_expression);
  void visit_walrus(const Node& node);
  void visit_import(const Node& node);
  void visit_annotated(const Node& node);
  void declare(const Node& node, bool global);
  void note_yield(const Node& node);

  Symbol& symbol(Scope& scope, const std::string& name);
  void bind(const std::string& name, const Node& node);
  void bind_target(const Node& target, bool iteration_variable);
  void use(const std::string& name);
  void add_parameter(const Node& argument);

  ScopeTable& table_;
  const Diagnostics& diagnostics_;
  Scope* scope_ = nullptr;
  bool binding_iteration_variables_ = false;
  int inside_iterable_ = 0;  // how many comprehension iterables stand around this node
};

}  // namespace gilbench
