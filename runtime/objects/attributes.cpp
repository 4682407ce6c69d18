// Attributes of every kind of object.
#include "runtime/interpreter/errors.h"
#include "runtime/interpreter/world.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"

GILBENCH_BEGIN

namespace {

Ref<> optional(Object* object) { return object == nullptr ? make_none() : Ref<>::share(object); }

// What objects have besides the attributes of their class; null where there is none of that name.
Ref<> own_attribute(Object* object, Str* name) {
  const Names& names = this_thread().world.names;
  if (name == names.class_) return Ref<>::share(class_of(object));
  const std::string_view text = name->view();
  switch (object->kind()) {
    case Kind::kModule:
      if (name == names.name) return Ref<>::share(as<Module>(object)->name);
      return dict_find(as<Module>(object)->attributes, name);
    case Kind::kFunction: {
      Function* function = as<Function>(object);
      if (name == names.name) return Ref<>::share(function->name);
      if (name == names.qualname) return make_str(function->code->qualified_name);
      if (name == names.doc) return optional(function->doc);
      if (name == names.module) return Ref<>::share(function->module->name);
      if (text == "__defaults__") return optional(function->defaults);
      return {};
    }
    case Kind::kNativeFunction:
      if (name == names.name) return make_str(as<NativeFunction>(object)->name);
      return {};
    case Kind::kBoundMethod:
      if (text == "__self__") return Ref<>::share(as<BoundMethod>(object)->self);
      if (text == "__func__") return Ref<>::share(as<BoundMethod>(object)->function);
      return own_attribute(as<BoundMethod>(object)->function, name);
    case Kind::kStaticMethod:
    case Kind::kClassMethod:
      if (text == "__func__") return Ref<>::share(as<Wrapper>(object)->function);
      return {};
    case Kind::kProperty:
      if (text == "fget") return Ref<>::share(as<Wrapper>(object)->function);
      return {};
    case Kind::kRange:
      if (text == "start") return make_int(as<Range>(object)->start);
      if (text == "stop") return make_int(as<Range>(object)->stop);
      if (text == "step") return make_int(as<Range>(object)->step);
      return {};
    case Kind::kSlice:
      if (text == "start") return Ref<>::share(as<Slice>(object)->start);
      if (text == "stop") return Ref<>::share(as<Slice>(object)->stop);
      if (text == "step") return Ref<>::share(as<Slice>(object)->step);
      return {};
    case Kind::kInt:
    case Kind::kBool:
    case Kind::kBigInt:
      if (text == "real" || text == "numerator") return positive(object);
      if (text == "imag") return make_int(0);
      if (text == "denominator") return make_int(1);
      return {};
    case Kind::kFloat:
      if (text == "real") return Ref<>::share(object);
      if (text == "imag") return make_float(0.0);
      return {};
    default:
      return {};
  }
}

Ref<> exception_attribute(Exception* exception, Str* name) {
  const Names& names = this_thread().world.names;
  Section section(exception);
  if (name == names.args) return Ref<>::share(exception->args);
  if (name == names.cause) return exception->cause == nullptr ? make_none() : Ref<>::share(exception->cause);
  if (name == names.context) {
    return exception->context == nullptr ? make_none() : Ref<>::share(exception->context);
  }
  return {};
}

Ref<> instance_attribute(Object* object, Str* name) {
  Instance* instance = as<Instance>(object);
  Class* klass = object->type->instance_class;
  if (klass->is_exception) {
    if (Ref<> value = exception_attribute(as<Exception>(object), name)) return value;
  }
  if (Ref<> value = instance_value(instance, name)) return value;
  if (Ref<> value = class_attribute(klass, name)) return bind_attribute(std::move(value), object, klass);
  const Names& names = this_thread().world.names;
  if (name == names.class_) return Ref<>::share(klass);
  if (name == names.dict_) {
    Ref<Dict> dict = make_dict();
    std::vector<Str*> layout;
    {
      Section section(klass);
      layout = klass->layout.names;
    }
    for (Str* attribute : layout) {
      if (Ref<> value = instance_value(instance, attribute)) dict_set(dict.get(), attribute, value.get());
    }
    return dict;
  }
  if (Ref<> fallback = class_attribute(klass, names.getattr)) return call(fallback.get(), {object, name});
  return {};
}

Ref<> attribute_of_class(Class* klass, Str* name) {
  const Names& names = this_thread().world.names;
  if (name == names.name || name == names.qualname) return Ref<>::share(klass->name);
  if (name == names.class_) return Ref<>::share(class_of(klass));
  if (Ref<> value = class_attribute(klass, name)) return bind_attribute(std::move(value), nullptr, klass);
  if (name == names.doc) return make_none();
  if (name == names.module) return make_str(klass->builtin != nullptr ? "builtins" : "__main__");
  if (name == names.bases) {
    return klass->base == nullptr ? make_tuple({}) : make_tuple({klass->base});
  }
  if (name->view() == "__base__") return optional(klass->base);
  if (name->view() == "__mro__") {
    Ref<List> mro = make_list();
    for (Class* k = klass; k != nullptr; k = k->base) list_append(mro.get(), Ref<>::share(k));
    return to_tuple(mro.get());
  }
  return {};
}

[[noreturn]] void raise_no_attribute(Object* object, Str* name) {
  const std::string attribute = "' has no attribute '" + std::string(name->view()) + "'";
  if (object->kind() == Kind::kModule) {
    raise(X::AttributeError, "module '" + std::string(as<Module>(object)->name->view()) + attribute);
  }
  if (object->kind() == Kind::kClass) {
    raise(X::AttributeError, "type object '" + std::string(as<Class>(object)->name->view()) + attribute);
  }
  raise(X::AttributeError, "'" + std::string(type_name(object)) + "' object has no attribute '" +
                               std::string(name->view()) + "'");
}

}  // namespace

Class* class_of(const Object* object) {
  const Type* type = object->type;
  if (type->instance_class != nullptr) return type->instance_class;
  World& world = this_thread().world;
  if (type->kind == Kind::kIterator || type->kind == Kind::kNative || type->kind == Kind::kLock) {
    return world.native_class(type);
  }
  if (type->kind == Kind::kBigInt) return world.builtin_classes[static_cast<int>(Kind::kInt)];
  Class* klass = world.builtin_classes[static_cast<int>(type->kind)];
  return klass == nullptr ? world.object_class : klass;
}

const char* type_name(const Object* object) { return object->type->name; }

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
  if (method && method->kind() == Kind::kNativeFunction) return {};  // object's own, or an exception's
  if (method && is_none(method.get())) return {};                    // __hash__ = None
  return method;
}

Ref<> bind_attribute(Ref<> value, Object* self, Class* klass) {
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
      return call(as<Wrapper>(value.get())->function, {self});
    default:
      return value;
  }
}

Ref<> find_attribute(Object* object, Str* name) {
  if (is_instance(object)) return instance_attribute(object, name);
  if (object->kind() == Kind::kClass) return attribute_of_class(as<Class>(object), name);
  if (object->kind() == Kind::kSuper) {
    Super* super = as<Super>(object);
    Ref<> value = class_attribute(super->owner->base, name);
    return value ? bind_attribute(std::move(value), super->self, class_of(super->self)) : Ref<>();
  }
  if (Ref<> value = own_attribute(object, name)) return value;
  if (object->kind() == Kind::kModule) return {};
  Class* klass = class_of(object);
  if (Ref<> value = class_attribute(klass, name)) return bind_attribute(std::move(value), object, klass);
  return {};
}

Ref<> get_attribute(Object* object, Str* name) {
  if (Ref<> value = find_attribute(object, name)) return value;
  raise_no_attribute(object, name);
}

void set_attribute(Object* object, Str* name, Object* value) {
  switch (object->kind()) {
    case Kind::kInstance: {
      Class* klass = object->type->instance_class;
      if (!layout_has(klass, name)) {
        Ref<> in_class = class_attribute(klass, name);
        if (in_class && in_class->kind() == Kind::kProperty) {
          Object* setter = as<Wrapper>(in_class.get())->setter;
          if (setter == nullptr) {
            raise(X::AttributeError, "property '" + std::string(name->view()) + "' of '" +
                                         std::string(klass->name->view()) + "' object has no setter");
          }
          call(setter, {object, value});
          return;
        }
      }
      set_instance_value(as<Instance>(object), name, value);
      return;
    }
    case Kind::kClass: {
      Class* klass = as<Class>(object);
      if (klass->builtin != nullptr || klass == this_thread().world.object_class) {
        raise(X::TypeError, "cannot set '" + std::string(name->view()) + "' attribute of immutable type '" +
                                std::string(klass->name->view()) + "'");
      }
      dict_set(klass->attributes, name, value);
      class_changed(klass);
      return;
    }
    case Kind::kModule:
      dict_set(as<Module>(object)->attributes, name, value);
      return;
    default:
      break;
  }
  if (find_attribute(object, name)) {
    raise(X::AttributeError, "'" + std::string(type_name(object)) + "' object attribute '" +
                                 std::string(name->view()) + "' is read-only");
  }
  raise_no_attribute(object, name);
}

void delete_attribute(Object* object, Str* name) {
  switch (object->kind()) {
    case Kind::kInstance:
      if (!instance_value(as<Instance>(object), name)) {
        raise(X::AttributeError, std::string(name->view()));
      }
      set_instance_value(as<Instance>(object), name, nullptr);
      return;
    case Kind::kClass:
      if (!dict_remove(as<Class>(object)->attributes, static_cast<Object*>(name))) {
        raise(X::AttributeError, std::string(name->view()));
      }
      class_changed(as<Class>(object));
      return;
    case Kind::kModule:
      if (!dict_remove(as<Module>(object)->attributes, static_cast<Object*>(name))) {
        raise_no_attribute(object, name);
      }
      return;
    default:
      raise_no_attribute(object, name);
  }
}

GILBENCH_END
