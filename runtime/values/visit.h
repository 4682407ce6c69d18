// Which references an object holds: for callers that have so many objects to ask that a call for
// each reference (Type::visit) is what they spend their time on. The types that most objects have
// are spelled out here, for types.cpp and classes.cpp as well.
#pragma once

#include <type_traits>

#include "runtime/values/types.h"

GILBENCH_BEGIN

template <class Action>
void visit_items(Tuple* tuple, Action&& action) {
  for (std::size_t i = 0; i < tuple->size; ++i) {
    if (tuple->items[i] != nullptr) action(tuple->items[i]);
  }
}

template <class Action>
void visit_items(List* list, Action&& action) {
  for (std::size_t i = 0; i < list->size; ++i) action(list->items[i]);
}

template <class Action>
void visit_items(Dict* dict, Action&& action) {
  for (std::size_t i = 0; i < dict->used; ++i) {
    if (dict->entries[i].key == nullptr) continue;
    action(dict->entries[i].key);
    action(dict->entries[i].value);
  }
}

template <class Action>
void visit_items(Instance* instance, Action&& action) {
  for (std::uint32_t i = 0; i < instance->capacity; ++i) {
    if (instance->values[i] != nullptr) action(instance->values[i]);
  }
  if (!instance->type->instance_class->is_exception) return;
  auto* exception = static_cast<Exception*>(instance);
  if (exception->args != nullptr) action(exception->args);
  if (exception->cause != nullptr) action(exception->cause);
  if (exception->context != nullptr) action(exception->context);
}

// Of an object whose type has a visit, each reference that it owns: those that visit names, and the
// one that an instance has to its class. (Visit leaves it out for destroy(), which needs the class
// until the instance is free, and gives it back last.)
template <class Action>
void for_each_reference(Object* object, Action&& action) {
  switch (object->kind()) {
    case Kind::kTuple:
      return visit_items(static_cast<Tuple*>(object), action);
    case Kind::kList:
      return visit_items(static_cast<List*>(object), action);
    case Kind::kDict:
      return visit_items(static_cast<Dict*>(object), action);
    case Kind::kInstance:
      action(object->type->instance_class);
      return visit_items(static_cast<Instance*>(object), action);
    default: {
      const auto visit = [](Object* child, void* context) {
        (*static_cast<std::remove_reference_t<Action>*>(context))(child);
      };
      object->type->visit(object, visit, &action);
    }
  }
}

GILBENCH_END
