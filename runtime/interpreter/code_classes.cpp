// The classes of code: object, type, function, method, module, generator, staticmethod,
// classmethod, property, super. And the exception classes.
#include "runtime/interpreter/frame.h"
#include "runtime/interpreter/native.h"
#include "runtime/interpreter/os_errors.h"
#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"

GILBENCH_BEGIN

namespace {

// ---- object and type ----

Ref<> object_init(Args) { return make_none(); }
Ref<> object_repr(Args args) {
  check_method(args, "__repr__", 0, 0);
  return make_str(repr(args[0]));
}
Ref<> object_str(Args args) {
  check_method(args, "__str__", 0, 0);
  return to_str(args[0]);
}
// Whether a built-in type knows how to compare its values with those of the other's type.
bool knows_equality(const Object* a, const Object* b) {
  if (is_integer(a)) return is_integer(b);
  if (is_float(a)) return is_number(b);
  switch (a->kind()) {
    case Kind::kStr:
    case Kind::kBytes:
    case Kind::kList:
    case Kind::kTuple:
    case Kind::kDict:
    case Kind::kRange:
    case Kind::kSlice:
    case Kind::kBoundMethod:
      return a->kind() == b->kind();
    case Kind::kSet:
    case Kind::kFrozenSet:
    case Kind::kDictKeys:
    case Kind::kDictItems:
      return b->kind() == Kind::kSet || b->kind() == Kind::kFrozenSet ||
             b->kind() == Kind::kDictKeys || b->kind() == Kind::kDictItems;
    default:
      return a == b;
  }
}
Ref<> object_eq(Args args) {
  check_method(args, "__eq__", 1, 1);
  if (!is_instance(args[0]) && knows_equality(args[0], args[1])) {
    return compare(Comparison::kEq, args[0], args[1]);
  }
  return args[0] == args[1] ? make_bool(true) : Ref<>::share(this_thread().world.not_implemented);
}
Ref<> object_ne(Args args) {
  check_method(args, "__ne__", 1, 1);
  if (!is_instance(args[0]) && !knows_equality(args[0], args[1])) {
    return Ref<>::share(this_thread().world.not_implemented);
  }
  return compare(Comparison::kNe, args[0], args[1]);
}
Ref<> object_hash(Args args) {
  check_method(args, "__hash__", 0, 0);
  return make_int(is_instance(args[0]) ? hash_pointer(args[0]) : hash(args[0]));
}
Ref<> object_format(Args args) {
  check_method(args, "__format__", 1, 1);
  return make_str(format(args[0], str_arg(args[1], "__format__")->view()));
}
Ref<> object_setattr(Args args) {
  check_method(args, "__setattr__", 2, 2);
  set_attribute(args[0], intern(str_arg(args[1], "__setattr__")), args[2]);
  return make_none();
}

constexpr NativeMethod kObjectMethods[] = {
    {"__init__", object_init},     {"__repr__", object_repr},      {"__str__", object_str},
    {"__eq__", object_eq},         {"__ne__", object_ne},          {"__hash__", object_hash},
    {"__format__", object_format}, {"__setattr__", object_setattr}};

Ref<> type_construct(Args args) {
  if (args.count == 2) return Ref<>::share(class_of(args[1]));
  raise(X::TypeError, "type() takes 1 argument: classes are made by class statements");
}
Ref<> type_mro(Args args) {
  check_method(args, "mro", 0, 0);
  Ref<List> mro = make_list();
  for (Class* k = as<Class>(args[0]); k != nullptr; k = k->base)
    list_append(mro.get(), Ref<>::share(k));
  return mro;
}
constexpr NativeMethod kTypeMethods[] = {{"mro", type_mro}};

// ---- wrappers ----

Ref<Wrapper> make_wrapper(const Type& type, Object* function, Object* setter = nullptr) {
  Wrapper* wrapper = allocate_object<Wrapper>(type);
  wrapper->function = Ref<>::share(function).take();
  wrapper->setter = Ref<>::share(setter).take();
  return Ref<Wrapper>::adopt(wrapper);
}
Ref<> static_method_construct(Args args) {
  check_args(rest(args), "staticmethod", 1, 1);
  return make_wrapper(types::static_method, args[1]);
}
Ref<> class_method_construct(Args args) {
  check_args(rest(args), "classmethod", 1, 1);
  return make_wrapper(types::class_method, args[1]);
}
Ref<> property_construct(Args args) {
  static constexpr const char* kNames[] = {"fget", "fset"};
  Object* values[2];
  bind_args(rest(args), "property", kNames, values, 1);
  return make_wrapper(types::property, values[0], values[1]);
}
Ref<> property_setter(Args args) {
  check_method(args, "setter", 1, 1);
  return make_wrapper(types::property, as<Wrapper>(args[0])->function, args[1]);
}
Ref<> property_getter(Args args) {
  check_method(args, "getter", 1, 1);
  return make_wrapper(types::property, args[1], as<Wrapper>(args[0])->setter);
}
constexpr NativeMethod kPropertyMethods[] = {{"setter", property_setter},
                                             {"getter", property_getter}};

Ref<> super_construct(Args args) {
  if (args.count != 3 || args[1]->kind() != Kind::kClass) {
    raise(X::TypeError,
          "super() takes a class and an instance, or no arguments and is called at once");
  }
  Super* super = allocate_object<Super>(types::super);
  super->owner = Ref<Class>::share(as<Class>(args[1])).take();
  super->self = Ref<>::share(args[2]).take();
  return Ref<>::adopt(super);
}

// ---- generators ----

Ref<> resume_or_stop(Generator* generator, Object* sent) {
  if (Ref<> value = resume(generator, sent)) return value;
  raise_stop_iteration(take_returned(generator));
}
Ref<> generator_next(Args args) {
  check_method(args, "__next__", 0, 0);
  return resume_or_stop(as<Generator>(args[0]), nullptr);
}
Ref<> generator_iter(Args args) {
  check_method(args, "__iter__", 0, 0);
  return Ref<>::share(args[0]);
}
Ref<> generator_send(Args args) {
  check_method(args, "send", 1, 1);
  return resume_or_stop(as<Generator>(args[0]), args[1]);
}
constexpr NativeMethod kGeneratorMethods[] = {{"__next__", generator_next},
                                              {"__iter__", generator_iter},
                                              {"send", generator_send},
                                              {"throw", generator_throw},
                                              {"close", generator_close}};

// ---- exceptions ----

// OSError(errno, text) is of the errno's class.
Class* constructed_class(Args args) {
  Class* klass = as<Class>(args[0]);
  const bool has_errno = args.count >= 3 && (args[1]->kind() == Kind::kInt || is_bool(args[1]));
  if (klass != exception_class(X::OSError) || !has_errno) return klass;
  const std::int64_t error = int_value(args[1]);
  return error == static_cast<int>(error) ? exception_class(kind_of_errno(static_cast<int>(error)))
                                          : klass;
}

Ref<> exception_construct(Args args) {
  if (args.keywords != nullptr && as<Class>(args[0])->builtin == nullptr) {
    Ref<> init = class_attribute(as<Class>(args[0]), this_thread().world.names.init);
    if (!init || init->kind() != Kind::kFunction) {
      raise(X::TypeError,
            std::string(as<Class>(args[0])->name->view()) + "() takes no keyword arguments");
    }
  }
  Class* klass = constructed_class(args);
  // A file's name is no argument of an OSError but an attribute alone.
  const bool has_name = args.count >= 4 && args.count <= 6 && !is_none(args[3]) &&
                        is_subclass(klass, exception_class(X::OSError));
  const std::size_t count = has_name ? 2 : args.count - 1;
  Ref<Exception> exception =
      make_exception(klass, make_tuple(std::span<Object* const>(args.values + 1, count)));
  if (is_exception_of(exception.get(), X::OSError) && args.count >= 3) {
    set_instance_value(exception.get(), intern("errno"), args[1]);
    set_instance_value(exception.get(), intern("strerror"), args[2]);
    if (args.count >= 4) set_instance_value(exception.get(), intern("filename"), args[3]);
  }
  return exception;
}
Ref<> exception_init(Args args) {
  Exception* exception = as<Exception>(args[0]);
  Ref<Tuple> old;
  Ref<Tuple> made = make_tuple(std::span<Object* const>(args.values + 1, args.count - 1));
  Section section(exception);
  old = Ref<Tuple>::adopt(std::exchange(exception->args, made.take()));
  return make_none();
}
Ref<> with_traceback(Args args) {
  check_method(args, "with_traceback", 1, 1);
  return Ref<>::share(args[0]);
}
constexpr NativeMethod kExceptionMethods[] = {{"__init__", exception_init},
                                              {"with_traceback", with_traceback}};

}  // namespace

void define_code_classes(World& world) {
  // `object` itself: its instances are those of a Python class without attributes.
  Str* name = intern(std::string_view("object"));
  Ref<Dict> attributes = make_dict();
  world.object_class = make_class(name, nullptr, attributes.get(), false).take();
  for (const NativeMethod& method : kObjectMethods) {
    Ref<> function = make_native_function(method.name, method.code, world.object_class);
    dict_set(attributes.get(), intern(method.name), function.get());
  }
  define_class(world, types::klass, kTypeMethods, type_construct);
  define_class(world, types::none, {});
  define_class(world, types::not_implemented, {});
  define_class(world, types::ellipsis, {});
  define_class(world, types::function, {});
  define_class(world, types::native_function, {});
  define_class(world, types::bound_method, {});
  define_class(world, types::cell, {});
  define_class(world, types::module, {});
  define_class(world, types::static_method, {}, static_method_construct);
  define_class(world, types::class_method, {}, class_method_construct);
  define_class(world, types::property, kPropertyMethods, property_construct);
  define_class(world, types::super, {}, super_construct);
  define_class(world, types::generator, kGeneratorMethods);
  define_class(world, types::traceback, {});
}

void define_exception_classes(World& world) {
  Class* const object = world.object_class;
  auto define = [&](X kind, const char* name, Class* base) {
    Ref<Dict> attributes = make_dict();
    Class* klass = make_class(intern(std::string_view(name)), base, attributes.get(), true).take();
    klass->builtin = &klass->instance_type;
    klass->construct = exception_construct;
    world.exceptions[static_cast<int>(kind)] = klass;
    if (base == object) {
      for (const NativeMethod& method : kExceptionMethods) {
        Ref<> function = make_native_function(method.name, method.code, klass);
        dict_set(attributes.get(), intern(method.name), function.get());
      }
    }
    dict_set(world.builtins->attributes, intern(std::string_view(name)), klass);
    return klass;
  };
#define E(name, base_name)                               \
  Class* const name = define(X::name, #name, base_name); \
  static_cast<void>(name);
  GILBENCH_EXCEPTIONS(E)
#undef E
  // Not built-in names of Python: one belongs to a module, the other to nobody.
  dict_remove(world.builtins->attributes, intern("ZlibError"));
  dict_remove(world.builtins->attributes, intern("RunInterrupted"));
  Ref<> alias = Ref<>::share(OSError);
  dict_set(world.builtins->attributes, intern("IOError"), alias.get());
}

GILBENCH_END
