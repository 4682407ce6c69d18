// In three passes: the names are collected (symbol_collector.cpp), each name is resolved to its
// owner, and slots are numbered: locals, the class cell, hidden slots, free variables.
#include "runtime/program/scopes.h"

#include <algorithm>

#include "runtime/program/symbol_collector.h"

namespace gilbench {
namespace {

constexpr const char* kClassCell = "__class__";

}  // namespace

const Symbol* Scope::find(const std::string& name) const {
  const auto found = symbols.find(name);
  return found == symbols.end() ? nullptr : &found->second;
}

std::string Scope::mangle(const std::string& name) const {
  if (private_class.empty() || !name.starts_with("__") || name.ends_with("__") ||
      name.find('.') != std::string::npos) {
    return name;
  }
  const std::size_t first = private_class.find_first_not_of('_');
  if (first == std::string::npos) return name;
  return "_" + private_class.substr(first) + name;
}

ScopeTable::ScopeTable(const Node& module, const Diagnostics& diagnostics)
    : diagnostics_(diagnostics) {
  SymbolCollector(*this, diagnostics).collect_module(module);
  for (const auto& scope : scopes_) resolve(*scope);
  for (const auto& scope : scopes_) {
    if (scope->is_frame()) number_slots(*scope);
  }
}

Scope& ScopeTable::add_scope(ScopeKind kind, const Node* node, Scope* parent) {
  scopes_.push_back(std::make_unique<Scope>());
  Scope& scope = *scopes_.back();
  scope.kind = kind;
  scope.node = node;
  scope.parent = parent;
  scope.frame = scope.is_frame() ? &scope : parent->frame;
  if (parent != nullptr) {
    scope.private_class = parent->private_class;
    parent->children.push_back(&scope);
  }
  by_node_.emplace(node, &scope);
  return scope;
}

// The scope whose variable the name is; null for a global or builtin.
Scope* ScopeTable::owner_of(const Scope& from, const std::string& name) const {
  for (const Scope* scope = &from; scope != nullptr; scope = scope->parent) {
    if (scope->kind == ScopeKind::kModule) return nullptr;
    const Symbol* symbol = scope->find(name);
    if (scope->kind == ScopeKind::kClass && scope != &from) {
      // Code in a class's functions does not see the class's names, save for its own cell.
      if (name == kClassCell && scope != from.frame) return const_cast<Scope*>(scope);
      continue;
    }
    if (symbol == nullptr || symbol->nonlocal) continue;
    if (symbol->global) return nullptr;
    if (symbol->bound) return const_cast<Scope*>(scope);
  }
  return nullptr;
}

void ScopeTable::resolve(Scope& scope) {
  for (const std::string& name : scope.names) {
    Symbol& symbol = scope.symbols.at(name);
    Scope* owner = owner_of(scope, name);
    if (symbol.nonlocal && owner == nullptr) {
      diagnostics_.syntax_error(symbol.line, "no binding for nonlocal '" + name + "' found");
    }
    if (owner != nullptr && owner->frame != scope.frame) capture(*owner, scope, name);
  }
}

void ScopeTable::capture(Scope& owner, Scope& user, const std::string& name) {
  if (owner.kind == ScopeKind::kClass) {
    owner.has_class_cell = true;
  } else {
    owner.symbols.at(name).captured = true;
  }
  for (Scope* frame = user.frame; frame != owner.frame; frame = frame->parent->frame) {
    auto& names = frame->free_names;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
}

// Parameters come first because they are the first names collected.
void ScopeTable::number_slots(Scope& frame) {
  if (frame.kind == ScopeKind::kFunction) {
    for (const std::string& name : frame.names) {
      Symbol& symbol = frame.symbols.at(name);
      if (!symbol.bound || symbol.global || symbol.nonlocal) continue;
      symbol.slot = static_cast<std::uint32_t>(frame.slot_names.size());
      frame.slot_names.push_back(name);
    }
  }
  if (frame.has_class_cell) {
    frame.class_cell_slot = static_cast<std::uint32_t>(frame.slot_names.size());
    frame.slot_names.emplace_back(kClassCell);
  }
  number_hidden_slots(frame, frame);
  for (const std::string& name : frame.free_names) {
    frame.free_slots[name] = static_cast<std::uint32_t>(frame.slot_names.size());
    frame.slot_names.push_back(name);
  }
}

void ScopeTable::number_hidden_slots(Scope& frame, Scope& scope) {
  for (Scope* child : scope.children) {
    if (child->is_frame()) continue;
    for (const std::string& name : child->names) {
      Symbol& symbol = child->symbols.at(name);
      if (!symbol.bound) continue;
      symbol.slot = static_cast<std::uint32_t>(frame.slot_names.size());
      frame.slot_names.push_back(name);
    }
    number_hidden_slots(frame, *child);
  }
}

Place ScopeTable::place(const Scope& scope, const std::string& name) const {
  const Scope* owner = owner_of(scope, name);
  if (owner == nullptr) {
    const Symbol* symbol = scope.find(name);
    const bool declared_global = symbol != nullptr && symbol->global;
    const bool by_name = scope.kind == ScopeKind::kClass && !declared_global;
    return {by_name ? Place::kClassName : Place::kGlobal};
  }
  if (owner->frame != scope.frame) return {Place::kCell, scope.frame->free_slots.at(name)};
  if (owner->kind == ScopeKind::kClass) return {Place::kClassName};
  const Symbol& symbol = owner->symbols.at(name);
  return {symbol.captured ? Place::kCell : Place::kLocal, symbol.slot};
}

std::uint32_t ScopeTable::closure_slot(const Scope& scope, const std::string& name) const {
  for (const Scope* place = &scope;; place = place->parent) {
    if (place->kind == ScopeKind::kClass) {
      if (name == kClassCell && place->has_class_cell) return place->class_cell_slot;
    } else {
      const Symbol* symbol = place->find(name);
      if (symbol != nullptr && symbol->captured) return symbol->slot;
    }
    if (place->is_frame()) return place->free_slots.at(name);
  }
}

const Scope* ScopeTable::enclosing_class(const Scope& scope) const {
  const Scope* owner = owner_of(scope, kClassCell);
  return owner != nullptr && owner->kind == ScopeKind::kClass ? owner : nullptr;
}

}  // namespace gilbench
