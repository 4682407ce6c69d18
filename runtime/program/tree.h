// The syntax tree as the compiler reads it: nodes with named fields, after Python's `ast` module,
// whose documentation is the list of what each kind has.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/literal.h"

namespace gilbench {

// clang-format off
#define GILBENCH_NODE_KINDS(KIND)                                                                  \
  KIND(Module, "Module") KIND(FunctionDef, "FunctionDef") KIND(ClassDef, "ClassDef")               \
  KIND(AsyncFunctionDef, "AsyncFunctionDef") KIND(Return, "Return") KIND(Delete, "Delete")         \
  KIND(Assign, "Assign") KIND(AugAssign, "AugAssign") KIND(AnnAssign, "AnnAssign")                 \
  KIND(For, "For") KIND(AsyncFor, "AsyncFor") KIND(While, "While") KIND(If, "If")                  \
  KIND(With, "With") KIND(AsyncWith, "AsyncWith") KIND(Match, "Match") KIND(Raise, "Raise")        \
  KIND(Try, "Try") KIND(TryStar, "TryStar") KIND(Assert, "Assert") KIND(Import, "Import")          \
  KIND(ImportFrom, "ImportFrom") KIND(Global, "Global") KIND(Nonlocal, "Nonlocal")                 \
  KIND(ExpressionStatement, "Expr") KIND(Pass, "Pass") KIND(Break, "Break")                        \
  KIND(Continue, "Continue") KIND(TypeAlias, "TypeAlias")                                          \
  KIND(BoolOp, "BoolOp") KIND(NamedExpr, "NamedExpr") KIND(BinOp, "BinOp")                         \
  KIND(UnaryOp, "UnaryOp") KIND(Lambda, "Lambda") KIND(IfExp, "IfExp") KIND(Dict, "Dict")          \
  KIND(Set, "Set") KIND(ListComp, "ListComp") KIND(SetComp, "SetComp")                             \
  KIND(DictComp, "DictComp") KIND(GeneratorExp, "GeneratorExp") KIND(Await, "Await")               \
  KIND(Yield, "Yield") KIND(YieldFrom, "YieldFrom") KIND(Compare, "Compare") KIND(Call, "Call")    \
  KIND(FormattedValue, "FormattedValue") KIND(JoinedStr, "JoinedStr")                              \
  KIND(TemplateStr, "TemplateStr") KIND(Constant, "Constant") KIND(Attribute, "Attribute")         \
  KIND(Subscript, "Subscript") KIND(Starred, "Starred") KIND(Name, "Name") KIND(List, "List")      \
  KIND(Tuple, "Tuple") KIND(Slice, "Slice") KIND(Comprehension, "comprehension")                   \
  KIND(ExceptHandler, "ExceptHandler") KIND(Arguments, "arguments") KIND(Argument, "arg")          \
  KIND(Keyword, "keyword") KIND(Alias, "alias") KIND(WithItem, "withitem")
// clang-format on

enum class NodeKind {
  kUnknown,  // of a Python newer than this list
#define KIND(name, type) k##name,
  GILBENCH_NODE_KINDS(KIND)
#undef KIND
};

struct Node;
using NodeList = std::vector<std::unique_ptr<Node>>;  // an item may be null (`**x` in a dict)

struct Field {
  std::string name;
  std::string text;                // an identifier, operator or context
  int number = 0;                  // a conversion or level
  std::unique_ptr<Node> node;      // null for None
  NodeList nodes;                  // a list of nodes
  std::vector<std::string> texts;  // a list of identifiers or operators
};

struct Node {
  NodeKind kind = NodeKind::kUnknown;
  std::string type;  // the class's name in `ast`
  std::uint32_t line = 1;
  std::uint32_t end_line = 1;
  std::vector<Field> fields;
  Literal literal;  // of a Constant

  bool is(NodeKind other) const { return kind == other; }

  const Node* find(std::string_view field) const;  // null where absent or None
  const Node& at(std::string_view field) const;
  const NodeList& list(std::string_view field) const;  // empty where absent
  const std::vector<std::string>& texts(std::string_view field) const;
  const std::string& text(std::string_view field) const;  // empty where absent or None
  int number(std::string_view field) const;

 private:
  const Field* field(std::string_view field) const;
};

// `*x` among targets, elements or arguments.
inline bool is_starred(const std::unique_ptr<Node>& node) { return node->is(NodeKind::kStarred); }

struct Tree {
  std::unique_ptr<Node> module;
  std::vector<std::string> source_lines;
};

// Reads the JSON that ast_to_json.py prints. Throws ProgramError naming `path`.
Tree read_tree(const std::string& tree_json, const std::string& path);

// Runs ast_to_json.py over a Python file and gives what it prints. Throws ProgramError.
std::string print_tree(const std::string& path);

// The docstring that a body begins with; null where there is none.
const std::string* docstring_of(const NodeList& body);

}  // namespace gilbench
