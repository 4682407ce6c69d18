#include "runtime/interpreter/native_class.h"

#include "runtime/objects/containers.h"

GILBENCH_BEGIN

namespace {

void add_wrapped(Class* klass, const Type& type, const char* name, NativeCode code) {
  Wrapper* wrapper = allocate_object<Wrapper>(type);
  wrapper->function = nullptr;
  wrapper->setter = nullptr;
  Ref<Wrapper> owned = Ref<Wrapper>::adopt(wrapper);
  wrapper->function = make_native_function(name, code).take();
  dict_set(klass->attributes, intern(name), owned.get());
}

}  // namespace

void raise_bad_self(Args args, const char* class_name, const char* name) {
  if (args.count == 0) {
    raise(X::TypeError,
          std::string("unbound method ") + class_name + "." + name + "() needs an argument");
  }
  raise(X::TypeError, std::string("descriptor '") + name + "' for '" + class_name +
                          "' objects doesn't apply to a '" + type_name(args[0]) + "' object");
}

void add_class_method(Class* klass, const char* name, NativeCode code) {
  add_wrapped(klass, types::class_method, name, code);
}

void add_static_method(Class* klass, const char* name, NativeCode code) {
  add_wrapped(klass, types::static_method, name, code);
}

void add_property(Class* klass, const char* name, NativeCode code) {
  add_wrapped(klass, types::property, name, code);
}

GILBENCH_END
