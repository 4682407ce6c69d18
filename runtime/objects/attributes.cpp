// Attributes of every kind of object.
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/own_attributes.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

Maybe instance_attribute(Object* object, Str* name) {
  Instance* instance = as<Instance>(object);
  Class* klass = object->type->instance_class;
  if (klass->is_exception) {
    if (Ref<> value = own_attribute(object, name)) return value;
  }
  if (Ref<> value = instance_value(instance, name)) return value;
  if (Ref<> value = class_attribute(klass, name))
    return bind_attribute(std::move(value), object, klass);
  const Names& names = this_thread().world.names;
  if (name == names.class_) return Ref<>::share(klass);
  if (name == names.dict_ && klass != this_thread().world.object_class) {
    Ref<Dict> dict = make_dict();
    std::vector<Str*> layout;
    {
      Section section(klass);
      layout = klass->layout.names;
    }
    for (Str* attribute : layout) {
      if (Ref<> value = instance_value(instance, attribute))
        dict_set(dict.get(), attribute, value.get());
    }
    return dict;
  }
  if (Ref<> fallback = class_attribute(klass, names.getattr))
    return try_call(fallback.get(), {object, name});
  return Ref<>();
}

Maybe attribute_of_class(Class* klass, Str* name) {
  const Names& names = this_thread().world.names;
  if (name == names.name) return Ref<>::share(klass->name);
  if (name == names.qualname) return make_str(qualified_name(klass));
  if (name == names.class_) return Ref<>::share(class_of(klass));
  if (name == names.doc) {  // not inherited
    Ref<> doc = dict_find(klass->attributes, name);
    return doc ? doc : make_none();
  }
  if (Ref<> value = class_attribute(klass, name))
    return bind_attribute(std::move(value), nullptr, klass);
  if (name == names.module) return make_str(klass->builtin != nullptr ? "builtins" : "__main__");
  if (name == names.bases) {
    return klass->base == nullptr ? make_tuple({}) : make_tuple({klass->base});
  }
  if (name->view() == "__base__") {
    return klass->base == nullptr ? make_none() : Ref<>::share(klass->base);
  }
  if (name->view() == "__mro__") {
    Ref<List> mro = make_list();
    for (Class* k = klass; k != nullptr; k = k->base) list_append(mro.get(), Ref<>::share(k));
    return to_tuple(mro.get());
  }
  return Ref<>();
}

[[gnu::cold]] Failure fail_no_attribute(Object* object, Str* name) {
  const std::string attribute = "' has no attribute '" + std::string(name->view()) + "'";
  if (object->kind() == Kind::kModule) {
    return fail(X::AttributeError, "module '", as<Module>(object)->name->view(), attribute);
  }
  if (object->kind() == Kind::kClass) {
    return fail(X::AttributeError, "type object '", as<Class>(object)->name->view(), attribute);
  }
  return fail(X::AttributeError, "'", type_name(object), "' object has no attribute '",
              name->view(), "'");
}

// A bound method of a built-in type: of the same class as a function.
bool is_native_method(const Object* object) {
  return object->kind() == Kind::kBoundMethod &&
         static_cast<const BoundMethod*>(object)->function->kind() == Kind::kNativeFunction;
}

// The property of that name that an instance's class has, if it has one.
Ref<Wrapper> property_of(Class* klass, Str* name) {
  if (layout_has(klass, name)) return {};
  Ref<> value = class_attribute(klass, name);
  if (!value || value->kind() != Kind::kProperty) return {};
  return Ref<Wrapper>::adopt(as<Wrapper>(value.take()));
}

Failure fail_no_accessor(Class* klass, Str* name, const char* accessor) {
  return fail(X::AttributeError, "property '", name->view(), "' of '", klass->name->view(),
              "' object has no ", accessor);
}

void check_mutable(Class* klass, Str* name) {
  if (klass->builtin == nullptr && klass != this_thread().world.object_class) return;
  raise(X::TypeError, "cannot set '", name->view(), "' attribute of immutable type '",
        klass->name->view(), "'");
}

// Neither setting nor deleting such an attribute is possible.
Failure fail_fixed(Object* object, Str* name) {
  if (object->kind() != Kind::kBoundMethod && find_attribute(object, name)) {
    return fail(X::AttributeError, "'", type_name(object), "' object attribute '", name->view(),
                "' is read-only");
  }
  return fail_no_attribute(object, name);
}

}  // namespace

Class* class_of(const Object* object) {
  const Type* type = object->type;
  if (type->instance_class != nullptr) return type->instance_class;
  World& world = this_thread().world;
  if (type->kind == Kind::kIterator || type->kind == Kind::kNative || type->kind == Kind::kLock) {
    return world.native_class(type);
  }
  if (is_native_method(object))
    return world.builtin_classes[static_cast<int>(Kind::kNativeFunction)];
  if (type->kind == Kind::kBigInt) return world.builtin_classes[static_cast<int>(Kind::kInt)];
  Class* klass = world.builtin_classes[static_cast<int>(type->kind)];
  return klass == nullptr ? world.object_class : klass;
}

const char* type_name(const Object* object) {
  return is_native_method(object) ? types::native_function.name : object->type->name;
}

bool is_subclass(const Class* derived, const Class* base) {
  for (const Class* klass = derived; klass != nullptr; klass = klass->base) {
    if (klass == base) return true;
  }
  return false;
}

Ref<> class_attribute(Class* klass, Str* name, Class** where) {
  for (; klass != nullptr; klass = klass->base) {
    if (Ref<> value = dict_find(klass->attributes, name)) {
      if (where != nullptr) *where = klass;
      return value;
    }
  }
  return {};
}

Ref<> special_method(Object* object, Str* name) {
  if (!is_instance(object)) return {};
  Ref<> method = class_attribute(object->type->instance_class, name);
  if (method && method->kind() == Kind::kNativeFunction)
    return {};                                     // object's own, or an exception's
  if (method && is_none(method.get())) return {};  // __hash__ = None
  return method;
}

Result bind_attribute(Ref<> value, Object* self, Class* klass) {
  switch (value->kind()) {
    case Kind::kFunction:
    case Kind::kNativeFunction:
      if (self == nullptr) return value;
      return make_bound_method(value.get(), self);
    case Kind::kStaticMethod:
      return Ref<>::share(as<Wrapper>(value.get())->function);
    case Kind::kClassMethod:
      return make_bound_method(as<Wrapper>(value.get())->function, klass);
    case Kind::kProperty:
      if (self == nullptr) return value;
      return try_call(as<Wrapper>(value.get())->function, {self});
    default:
      return value;
  }
}

Maybe try_find_attribute(Object* object, Str* name) {
  if (is_instance(object)) return instance_attribute(object, name);
  if (object->kind() == Kind::kClass) return attribute_of_class(as<Class>(object), name);
  if (object->kind() == Kind::kSuper) {
    Super* super = as<Super>(object);
    Ref<> value = class_attribute(super->owner->base, name);
    if (!value) return value;
    return bind_attribute(std::move(value), super->self, class_of(super->self));
  }
  if (Ref<> value = own_attribute(object, name)) return value;
  if (object->kind() == Kind::kModule) return Ref<>();
  Class* klass = class_of(object);
  if (Ref<> value = class_attribute(klass, name))
    return bind_attribute(std::move(value), object, klass);
  return Ref<>();
}

Result try_get_attribute(Object* object, Str* name) {
  Maybe value = try_find_attribute(object, name);
  if (value || value.failed()) return std::move(value).result();
  return fail_no_attribute(object, name);
}

namespace {

// What an instance is made of cannot be exchanged; CPython allows it for what fits.
void check_changeable(Str* name, Object* value) {
  const Names& names = this_thread().world.names;
  if (name != names.class_ && name != names.dict_) [[likely]]
    return;
  const bool is_class = name == names.class_;
  if (value->kind() == (is_class ? Kind::kClass : Kind::kDict)) {
    raise(X::TypeError, name->view(), " assignment is not supported");
  }
  raise(X::TypeError, is_class ? std::string("__class__ must be set to a class, not '") +
                                     type_name(value) + "' object"
                               : std::string("__dict__ must be set to a dictionary, not a '") +
                                     type_name(value) + "'");
}

}  // namespace

Outcome try_set_attribute(Object* object, Str* name, Object* value) {
  if (set_own_attribute(object, name, value)) return {};
  switch (object->kind()) {
    case Kind::kInstance: {
      Class* klass = object->type->instance_class;
      if (Ref<Wrapper> property = property_of(klass, name)) {
        if (property->setter == nullptr) return fail_no_accessor(klass, name, "setter");
        return try_call(property->setter, {object, value});
      }
      check_changeable(name, value);
      if (klass == this_thread().world.object_class) return fail_fixed(object, name);
      set_instance_value(as<Instance>(object), name, value);
      return {};
    }
    case Kind::kClass:
      check_mutable(as<Class>(object), name);
      dict_set(as<Class>(object)->attributes, name, value);
      if (name == this_thread().world.names.eq) {
        as<Class>(object)->defines_eq.store(true, std::memory_order_relaxed);
      } else if (name == this_thread().world.names.hash) {
        as<Class>(object)->defines_hash.store(true, std::memory_order_relaxed);
      }
      class_changed(as<Class>(object));
      return {};
    case Kind::kModule:
      dict_set(as<Module>(object)->attributes, name, value);
      return {};
    default:
      return fail_fixed(object, name);
  }
}

Outcome try_delete_attribute(Object* object, Str* name) {
  if (delete_own_attribute(object, name)) return {};
  switch (object->kind()) {
    case Kind::kInstance: {
      Class* klass = object->type->instance_class;
      if (property_of(klass, name)) return fail_no_accessor(klass, name, "deleter");
      if (!take_instance_value(as<Instance>(object), name)) return fail_no_attribute(object, name);
      return {};
    }
    case Kind::kClass:
      check_mutable(as<Class>(object), name);
      if (!dict_remove(as<Class>(object)->attributes, static_cast<Object*>(name))) {
        return fail_no_attribute(object, name);
      }
      class_changed(as<Class>(object));
      return {};
    case Kind::kModule:
      if (!dict_remove(as<Module>(object)->attributes, static_cast<Object*>(name))) {
        return fail_no_attribute(object, name);
      }
      return {};
    case Kind::kFunction:
      return fail_no_attribute(object, name);
    default:
      return fail_fixed(object, name);
  }
}

GILBENCH_END
