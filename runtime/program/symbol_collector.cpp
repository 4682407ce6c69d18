// Notes what each node binds and uses, and finds the SyntaxErrors that concern names: declarations,
// walrus and yield in the wrong place.
#include "runtime/program/symbol_collector.h"

namespace gilbench {
namespace {

// Gives a variable another value while a block lasts.
template <typename T>
class Restored {
 public:
  Restored(T& variable, T value) : variable_(variable), old_(variable) { variable = value; }
  ~Restored() { variable_ = old_; }
  Restored(const Restored&) = delete;
  Restored& operator=(const Restored&) = delete;

 private:
  T& variable_;
  T old_;
};

bool is_comprehension(const Scope& scope) {
  return scope.kind == ScopeKind::kComprehension || scope.is_generator_expression;
}

const char* comprehension_name(const Node& node) {
  switch (node.kind) {
    case NodeKind::kListComp:
      return "list comprehension";
    case NodeKind::kSetComp:
      return "set comprehension";
    case NodeKind::kDictComp:
      return "dict comprehension";
    default:
      return "generator expression";
  }
}

}  // namespace

void SymbolCollector::collect_module(const Node& module) {
  scope_ = &table_.add_scope(ScopeKind::kModule, &module, nullptr);
  visit_list(module.list(Field::kBody));
}

void SymbolCollector::visit_list(const NodeList& nodes) {
  for (const auto& node : nodes) {
    if (node != nullptr) visit(*node);
  }
}

void SymbolCollector::visit_fields(const Node& node) {
  for (const FieldValue& value : node.fields) {
    if (value.node != nullptr) visit(*value.node);
    visit_list(value.nodes);
  }
}

void SymbolCollector::visit(const Node& node) {
  switch (node.kind) {
    case NodeKind::kName:
      if (node.text(Field::kCtx) == "Load") return use(scope_->mangle(node.text(Field::kId)));
      return bind(scope_->mangle(node.text(Field::kId)), node);
    case NodeKind::kFunctionDef:
      return visit_function(node, false);
    case NodeKind::kLambda:
      return visit_function(node, true);
    case NodeKind::kClassDef:
      return visit_class(node);
    case NodeKind::kListComp:
    case NodeKind::kSetComp:
    case NodeKind::kDictComp:
      return visit_comprehension(node, false);
    case NodeKind::kGeneratorExp:
      return visit_comprehension(node, true);
    case NodeKind::kNamedExpr:
      return visit_walrus(node);
    case NodeKind::kAnnAssign:
      return visit_annotated(node);
    case NodeKind::kImport:
    case NodeKind::kImportFrom:
      return visit_import(node);
    case NodeKind::kGlobal:
      return declare(node, true);
    case NodeKind::kNonlocal:
      return declare(node, false);
    case NodeKind::kExceptHandler:
      if (const Node* type = node.find(Field::kType)) visit(*type);
      if (!node.text(Field::kName).empty()) bind(scope_->mangle(node.text(Field::kName)), node);
      return visit_list(node.list(Field::kBody));
    case NodeKind::kYield:
      note_yield(node);
      return visit_fields(node);
    default:
      return visit_fields(node);
  }
}

Symbol& SymbolCollector::symbol(Scope& scope, const std::string& name) {
  const auto [found, is_new] = scope.symbols.try_emplace(name);
  if (is_new) scope.names.push_back(name);
  return found->second;
}

void SymbolCollector::bind(const std::string& name, const Node& node) {
  if (name == "__debug__") diagnostics_.syntax_error(node.line, "cannot assign to __debug__");
  Symbol& bound = symbol(*scope_, name);
  bound.bound = true;
  if (binding_iteration_variables_) bound.iteration_variable = true;
}

void SymbolCollector::use(const std::string& name) {
  symbol(*scope_, name).used = true;
  // super() reads the cell of the class whose method it stands in.
  if (name == "super" && scope_->frame->kind == ScopeKind::kFunction) use("__class__");
}

void SymbolCollector::add_parameter(const Node& argument) {
  const std::string name = scope_->mangle(argument.text(Field::kArg));
  if (symbol(*scope_, name).parameter) {
    diagnostics_.syntax_error(argument.line,
                              "duplicate argument '" + name + "' in function definition");
  }
  bind(name, argument);
  symbol(*scope_, name).parameter = true;
}

void SymbolCollector::visit_parameters(const Node& arguments) {
  for (const Field field : {Field::kPosonlyargs, Field::kArgs, Field::kKwonlyargs}) {
    for (const auto& argument : arguments.list(field)) add_parameter(*argument);
  }
  if (const Node* varargs = arguments.find(Field::kVararg)) add_parameter(*varargs);
  if (const Node* varkeywords = arguments.find(Field::kKwarg)) add_parameter(*varkeywords);
}

void SymbolCollector::visit_function(const Node& node, bool is_lambda) {
  const Node& arguments = node.at(Field::kArgs);
  if (!is_lambda) bind(scope_->mangle(node.text(Field::kName)), node);
  visit_list(node.list(Field::kDecoratorList));
  visit_list(arguments.list(Field::kDefaults));
  visit_list(arguments.list(Field::kKwDefaults));
  Restored<Scope*> inside(scope_, &table_.add_scope(ScopeKind::kFunction, &node, scope_));
  Restored<int> iterable(inside_iterable_, 0);
  Restored<bool> variables(binding_iteration_variables_, false);
  visit_parameters(arguments);
  if (is_lambda) {
    visit(node.at(Field::kBody));
  } else {
    visit_list(node.list(Field::kBody));
  }
}

void SymbolCollector::visit_class(const Node& node) {
  bind(scope_->mangle(node.text(Field::kName)), node);
  visit_list(node.list(Field::kDecoratorList));
  visit_list(node.list(Field::kBases));
  visit_list(node.list(Field::kKeywords));
  Restored<Scope*> inside(scope_, &table_.add_scope(ScopeKind::kClass, &node, scope_));
  scope_->private_class = node.text(Field::kName);
  visit_list(node.list(Field::kBody));
}

// The first iterable belongs to the scope around: it is evaluated before the comprehension starts.
void SymbolCollector::visit_comprehension(const Node& node, bool is_generator_expression) {
  const NodeList& generators = node.list(Field::kGenerators);
  {
    Restored<int> iterable(inside_iterable_, inside_iterable_ + 1);
    visit(generators.front()->at(Field::kIter));
  }
  const ScopeKind kind = is_generator_expression ? ScopeKind::kFunction : ScopeKind::kComprehension;
  Restored<Scope*> inside(scope_, &table_.add_scope(kind, &node, scope_));
  if (is_generator_expression) {
    scope_->is_generator_expression = true;
    scope_->is_generator = true;
    Symbol& iterable = symbol(*scope_, ".0");
    iterable.bound = true;
    iterable.parameter = true;
  }
  for (const auto& generator : generators) {
    if (generator != generators.front()) {
      Restored<int> iterable(inside_iterable_, inside_iterable_ + 1);
      visit(generator->at(Field::kIter));
    }
    {
      Restored<bool> variables(binding_iteration_variables_, true);
      visit(generator->at(Field::kTarget));
    }
    visit_list(generator->list(Field::kIfs));
  }
  for (const Field field : {Field::kKey, Field::kValue, Field::kElt}) {
    if (const Node* element = node.find(field)) visit(*element);
  }
}

// In a comprehension, `:=` binds in the function or module around it.
void SymbolCollector::visit_walrus(const Node& node) {
  const Node& target = node.at(Field::kTarget);
  const std::string name = scope_->mangle(target.text(Field::kId));
  if (inside_iterable_ > 0) {
    diagnostics_.syntax_error(
        node.line, "assignment expression cannot be used in a comprehension iterable expression");
  }
  Scope* scope = scope_;
  for (; is_comprehension(*scope); scope = scope->parent) {
    const Symbol* clash = scope->find(name);
    if (clash != nullptr && clash->iteration_variable) {
      diagnostics_.syntax_error(node.line,
                                "assignment expression cannot rebind comprehension iteration "
                                "variable '" +
                                    name + "'");
    }
    symbol(*scope, name).used = true;
  }
  if (scope != scope_ && scope->kind == ScopeKind::kClass) {
    diagnostics_.syntax_error(
        node.line, "assignment expression within a comprehension cannot be used in a class body");
  }
  {
    Restored<Scope*> outside(scope_, scope);
    Restored<bool> variables(binding_iteration_variables_, false);
    bind(name, target);
  }
  visit(node.at(Field::kValue));
}

void SymbolCollector::visit_import(const Node& node) {
  const bool from = node.is(NodeKind::kImportFrom);
  if (from && node.text(Field::kModule) == "__future__") return;
  for (const auto& alias : node.list(Field::kNames)) {
    const std::string& renamed = alias->text(Field::kAsname);
    std::string name = renamed.empty() ? alias->text(Field::kName) : renamed;
    if (!from) name = name.substr(0, name.find('.'));
    if (name != "*") bind(scope_->mangle(name), node);
  }
}

// Annotations themselves are neither evaluated nor kept.
void SymbolCollector::visit_annotated(const Node& node) {
  const Node& target = node.at(Field::kTarget);
  visit(target);
  if (target.is(NodeKind::kName)) {
    const std::string& name = target.text(Field::kId);
    Symbol& annotated = symbol(*scope_, scope_->mangle(name));
    if ((annotated.global || annotated.nonlocal) && scope_->kind != ScopeKind::kModule &&
        node.number(Field::kSimple) != 0) {
      diagnostics_.syntax_error(node.line, "annotated name '" + name + "' can't be " +
                                               (annotated.global ? "global" : "nonlocal"));
    }
    annotated.annotated = true;
  }
  if (const Node* value = node.find(Field::kValue)) visit(*value);
}

void SymbolCollector::declare(const Node& node, bool global) {
  const std::string word = global ? "global" : "nonlocal";
  if (!global && scope_->kind == ScopeKind::kModule) {
    diagnostics_.syntax_error(node.line, "nonlocal declaration not allowed at module level");
  }
  for (const std::string& raw_name : node.texts(Field::kNames)) {
    const std::string name = scope_->mangle(raw_name);
    Symbol& declared = symbol(*scope_, name);
    const auto refuse = [&](const std::string& reason) {
      diagnostics_.syntax_error(node.line, "name '" + name + "' is " + reason);
    };
    if (declared.parameter) refuse("parameter and " + word);
    if (declared.used) refuse("used prior to " + word + " declaration");
    if (declared.annotated) {
      diagnostics_.syntax_error(node.line, "annotated name '" + name + "' can't be " + word);
    }
    if (declared.bound) refuse("assigned to before " + word + " declaration");
    if (global ? declared.nonlocal : declared.global) refuse("nonlocal and global");
    (global ? declared.global : declared.nonlocal) = true;
    declared.line = node.line;
  }
}

void SymbolCollector::note_yield(const Node& node) {
  if (is_comprehension(*scope_)) {
    diagnostics_.syntax_error(node.line,
                              std::string("'yield' inside ") + comprehension_name(*scope_->node));
  }
  if (scope_->kind != ScopeKind::kFunction) {
    diagnostics_.syntax_error(node.line, "'yield' outside function");
  }
  scope_->is_generator = true;
}

}  // namespace gilbench
