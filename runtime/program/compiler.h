// The compiler: walks the tree once, after the scopes are known, and writes each Code as it goes.
// Its parts, by file: compiler.cpp (codes, names), compiler_definitions.cpp (functions, classes,
// imports), compiler_expressions.cpp, compiler_calls.cpp, compiler_displays.cpp (displays,
// comprehensions, f-strings), compiler_statements.cpp, compiler_flow.cpp (loops, try, with).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/program/assembler.h"
#include "runtime/program/diagnostics.h"
#include "runtime/program/literal.h"
#include "runtime/program/scopes.h"
#include "runtime/program/tree.h"

namespace gilbench {

// A statement that is being compiled and that `return`, `break` or `continue` must leave in order.
struct Block {
  enum Kind {
    kWhile,
    kFor,         // its iterator is on the stack
    kTry,         // code guarded by except clauses
    kFinallyTry,  // code guarded by a finally clause, whose body runs on the way out
    kFinallyEnd,  // the finally body entered by an error: the exception is on the stack, handled
    kWith,        // the bound exit method is on the stack
    kHandler,     // an except clause: the exception is on the stack, handled
    kReturnValue  // a finally body on the way out of a `return`: its value is on the stack
  };
  Kind kind;
  const Node* node = nullptr;                // the statement or except clause
  Assembler::Label start = 0;                // where `continue` goes
  Assembler::Label end = 0;                  // where `break` goes
  std::vector<Assembler::Region> regions{};  // open while inside, innermost last
};

class Compiler {
 public:
  Compiler(const Tree& tree, std::string path);

  std::shared_ptr<const Program> compile();

 private:
  using Label = Assembler::Label;
  using Region = Assembler::Region;

  // The Code being written.
  struct Unit {
    std::string qualified_name;
    const Scope* scope = nullptr;
    Assembler assembler;
    std::vector<Block> blocks;
    std::vector<Comprehension> comprehensions;
  };

  // Code inside takes the node's line; afterwards the line is as before.
  class LineOf {
   public:
    LineOf(Compiler& compiler, std::uint32_t line);
    ~LineOf();
    LineOf(const LineOf&) = delete;
    LineOf& operator=(const LineOf&) = delete;

   private:
    Assembler& assembler_;
    std::uint32_t old_line_;
  };

  // compiler.cpp: codes, instructions, names
  std::uint32_t write_code(const Scope& scope, const std::string& name, std::uint32_t first_line,
                           const std::function<void()>& write_body);
  std::string qualify(const std::string& name) const;
  Assembler& out() { return unit_->assembler; }
  void emit(Opcode opcode, std::uint32_t argument = 0, std::uint32_t second = 0);
  void emit_constant(const Literal& literal);
  void emit_none();
  void emit_site(Opcode opcode, const std::string& name);
  void load_name(const std::string& name);
  void store_name(const std::string& name);
  void delete_name(const std::string& name, std::uint32_t line);
  void clear_slot(std::uint32_t slot);

  // compiler_definitions.cpp
  void function_definition(const Node& node);
  void lambda(const Node& node);
  void make_function(const Scope& scope, std::uint32_t code, std::uint32_t flags);
  std::uint32_t defaults(const Node& arguments);
  void describe_parameters(const Node& arguments, Code& code) const;
  void class_definition(const Node& node);
  void decorators(const Node& node);
  void apply_decorators(const Node& node);
  void import_modules(const Node& node);
  void import_names(const Node& node);

  // compiler_expressions.cpp
  void expression(const Node& node);
  void binary(const Node& node);
  void unary(const Node& node);
  void boolean(const Node& node);
  void comparison(const Node& node);
  void compare(const std::string& op);
  void conditional(const Node& node);
  void walrus(const Node& node);
  void attribute(const Node& node);
  void subscript(const Node& node);
  void slice(const Node& node);
  void yield(const Node& node);
  void iterable(const Node& node);
  void jump_if(const Node& test, Label target, bool when);
  void jump_if_boolean(const Node& test, Label target, bool when);
  void jump_if_comparison(const Node& test, Label target, bool when);

  // compiler_calls.cpp
  void call(const Node& node);
  void callable(const Node& function, bool is_spread);
  void spread_arguments(const Node& node);
  void check_keywords(const NodeList& keywords) const;
  bool is_super(const Node& node) const;
  void super_method(const Node& attribute);

  // compiler_displays.cpp
  void sequence(const NodeList& elements, Opcode build, Opcode add, Opcode extend);
  void list_display(const Node& node);
  void tuple_display(const Node& node);
  void dict_display(const Node& node);
  void comprehension(const Node& node);
  void generator_expression(const Node& node);
  void comprehension_loop(const Node& node, std::size_t index);
  void comprehension_element(const Node& node);
  void joined_string(const Node& node);
  void formatted_value(const Node& node);

  // compiler_statements.cpp
  void statements(const NodeList& body);
  void statement(const Node& node);
  void assign(const Node& node);
  bool assign_by_swapping(const Node& target, const Node& value);
  void augmented_assign(const Node& node);
  bool is_local(const Node& node) const;  // a name that LOAD_LOCAL loads
  void store(const Node& target);
  void unpack(const Node& target);
  void remove(const Node& target);
  void raise(const Node& node);
  void assertion(const Node& node);

  // compiler_flow.cpp
  void if_statement(const Node& node);
  void while_loop(const Node& node);
  void for_loop(const Node& node);
  void leave_loop(const Node& node, bool is_break);
  void return_statement(const Node& node);
  void try_statement(const Node& node);
  void try_finally(const Node& node);
  void try_except(const Node& node);
  void except_clause(const Node& handler, Region cleanup, Label end);
  void end_handled_by_error(Region cleanup);
  void reraise_handled(Region cleanup);
  void forget_name(const Node& handler);
  void with_statement(const Node& node, std::size_t item);
  void call_exit_without_error();
  std::vector<Region> unwind(std::size_t depth, bool keep_value);
  void leave_block(const Block& block, bool keep_value);
  void resume(const std::vector<Region>& paused);

  const Tree& tree_;
  Diagnostics diagnostics_;
  ScopeTable scopes_;
  std::shared_ptr<Program> program_;
  ConstantPool constants_;
  Unit* unit_ = nullptr;
  const Scope* scope_ = nullptr;  // within unit_'s frame: the frame's own or a comprehension's
};

}  // namespace gilbench
