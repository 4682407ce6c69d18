// The syntax tree as the compiler reads it: nodes with fields, both named after Python's `ast`
// module, whose documentation is the list of what each kind has.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
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

// Every field that anyone asks for, so that a misspelt one does not compile.
#define GILBENCH_FIELDS(FIELD)                                                                     \
  FIELD(Arg, "arg") FIELD(Args, "args") FIELD(Asname, "asname") FIELD(Attr, "attr")                \
  FIELD(Bases, "bases") FIELD(Body, "body") FIELD(Cause, "cause")                                  \
  FIELD(Comparators, "comparators") FIELD(ContextExpr, "context_expr")                             \
  FIELD(Conversion, "conversion") FIELD(Ctx, "ctx") FIELD(DecoratorList, "decorator_list")         \
  FIELD(Defaults, "defaults") FIELD(Elt, "elt") FIELD(Elts, "elts") FIELD(Exc, "exc")              \
  FIELD(Finalbody, "finalbody") FIELD(FormatSpec, "format_spec") FIELD(Func, "func")               \
  FIELD(Generators, "generators") FIELD(Handlers, "handlers") FIELD(Id, "id") FIELD(Ifs, "ifs")    \
  FIELD(IsAsync, "is_async") FIELD(Items, "items") FIELD(Iter, "iter") FIELD(Key, "key")           \
  FIELD(Keys, "keys") FIELD(Keywords, "keywords") FIELD(KwDefaults, "kw_defaults")                 \
  FIELD(Kwarg, "kwarg") FIELD(Kwonlyargs, "kwonlyargs") FIELD(Left, "left") FIELD(Level, "level")  \
  FIELD(Lower, "lower") FIELD(Module, "module") FIELD(Msg, "msg") FIELD(Name, "name")              \
  FIELD(Names, "names") FIELD(Op, "op") FIELD(Operand, "operand") FIELD(Ops, "ops")                \
  FIELD(OptionalVars, "optional_vars") FIELD(Orelse, "orelse") FIELD(Posonlyargs, "posonlyargs")   \
  FIELD(Right, "right") FIELD(Simple, "simple") FIELD(Slice, "slice") FIELD(Step, "step")          \
  FIELD(Target, "target") FIELD(Targets, "targets") FIELD(Test, "test") FIELD(Type, "type")        \
  FIELD(TypeParams, "type_params") FIELD(Upper, "upper") FIELD(Value, "value")                     \
  FIELD(Values, "values") FIELD(Vararg, "vararg")
// clang-format on

enum class NodeKind {
  kUnknown,  // of a Python newer than this list
#define KIND(name, type) k##name,
  GILBENCH_NODE_KINDS(KIND)
#undef KIND
};

enum class Field : std::uint8_t {
#define FIELD(name, text) k##name,
  GILBENCH_FIELDS(FIELD)
#undef FIELD
      kOther,  // nobody asks for it by name; a walk over all fields of a node meets it
};

struct Node;
using NodeList = std::vector<std::unique_ptr<Node>>;  // an item may be null (`**x` in a dict)

struct FieldValue {
  Field field = Field::kOther;
  int number = 0;                  // a conversion or level
  std::string text;                // an identifier, operator or context
  std::unique_ptr<Node> node;      // null where the value is no node
  NodeList nodes;                  // a list of nodes
  std::vector<std::string> texts;  // a list of identifiers or operators
};

struct Node {
  NodeKind kind = NodeKind::kUnknown;
  std::string type;  // the class's name in `ast`
  std::uint32_t line = 1;
  std::uint32_t end_line = 1;
  std::vector<FieldValue> fields;  // in the order of evaluation; without those that are None
  Literal literal;                 // of a Constant

  bool is(NodeKind other) const { return kind == other; }

  const Node* find(Field field) const;  // null where absent or None
  const Node& at(Field field) const;
  const NodeList& list(Field field) const;  // empty where absent
  const std::vector<std::string>& texts(Field field) const;
  const std::string& text(Field field) const;  // empty where absent or None
  int number(Field field) const;

 private:
  const FieldValue* value(Field field) const;  // null where absent or None
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
