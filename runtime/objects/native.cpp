// Classes and modules made of tables of natives, and single arguments.
#include "runtime/objects/native.h"

#include <optional>

#include "runtime/objects/containers.h"
#include "runtime/objects/native_call.h"

GILBENCH_BEGIN

namespace {

// What a class keeps a native of that binding in; null: nothing.
const Type* wrapper_type(Binding binding) {
  switch (binding) {
    case Binding::kStaticMethod:
      return &types::static_method;
    case Binding::kClassMethod:
      return &types::class_method;
    case Binding::kProperty:
      return &types::property;
    default:
      return nullptr;
  }
}

}  // namespace

void add_natives(Class* klass, std::span<const NativeMethod> rows, Binding binding) {
  for (const NativeMethod& row : rows) {
    Ref<> native = make_native_function(row, binding, klass);
    if (const Type* type = wrapper_type(binding)) {
      Wrapper* wrapper = allocate_object<Wrapper>(*type);
      wrapper->function = native.take();
      wrapper->setter = nullptr;
      native = Ref<>::adopt(wrapper);
    }
    dict_set(klass->attributes, intern(row.name), native.get());
  }
}

Class* define_class(World& world, const Type& type, std::span<const NativeMethod> methods,
                    const NativeMethod* constructor) {
  Class* klass = allocate_object<Class>(types::klass);
  Ref<Class> owned = Ref<Class>::adopt(klass);  // until it is the world's
  Str* name = intern(type.name);
  retain(name);
  klass->name = name;
  klass->base = world.object_class;
  if (klass->base != nullptr) retain(klass->base);
  klass->attributes = make_dict().take();
  klass->builtin = &type;
  klass->construct = constructor;
  add_natives(klass, methods, Binding::kMethod);
  if (type.kind == Kind::kIterator || type.kind == Kind::kNative || type.kind == Kind::kLock) {
    world.add_native_class(&type, klass);
  } else {
    world.builtin_classes[static_cast<int>(type.kind)] = klass;
  }
  return owned.take();
}

void module_add(Module* module, const char* name, Ref<> value) {
  dict_set(module->attributes, intern(name), value.get());
}

void module_add(Module* module, std::span<const NativeMethod> functions) {
  module_add(module, functions, module->name->view());
}

void module_add(Module* module, std::span<const NativeMethod> functions, std::string_view spoken) {
  Str* name = spoken.empty() ? nullptr : intern(spoken);
  for (const NativeMethod& row : functions) {
    module_add(module, row.name, make_native_function(row, name));
  }
}

const char* arg_type_name(Object* object) { return is_none(object) ? "None" : type_name(object); }

Str* str_arg(Object* object, const char* name) {
  if (is_str(object)) return as<Str>(object);
  raise(X::TypeError, name, "() argument must be str, not ", arg_type_name(object));
}

std::int64_t slice_index_arg(Object* object, std::int64_t fallback) {
  if (object == nullptr || is_none(object)) return fallback;
  if (is_index_like(object)) return to_index_clipped(object);
  raise(X::TypeError, "slice indices must be integers or None or have an __index__ method");
}

std::string_view bytes_arg(Object* object) {
  if (object->kind() == Kind::kBytes) return as<Bytes>(object)->view();
  raise(X::TypeError, "a bytes-like object is required, not '", type_name(object), "'");
}

GILBENCH_END
