// The classes of code: object, type, function, method, module, generator, staticmethod,
// classmethod, property, super. And the exception classes.
#include <array>

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/native.h"
#include "runtime/objects/os_errors.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

// ---- object and type ----

// A rule of its own. More arguments than self are an error, if no other class takes them: the one
// whose __init__ has come here by super(), or the one that has no __init__ of its own.
Result object_init(Args args) {
  const bool any = args.count > 1 || (args.keywords != nullptr && args.keywords->size > 0);
  if (!any) return make_none();
  Ref<> init = class_attribute(class_of(args[0]), this_thread().world.names.init);
  if (init->kind() != Kind::kNativeFunction ||
      as<NativeFunction>(init.get())->code != object_init) {
    return fail(X::TypeError,
                "object.__init__() takes exactly one argument (the instance to initialize)");
  }
  if (!is_instance(args[0])) return make_none();
  return fail(X::TypeError, type_name(args[0]),
              ".__init__() takes exactly one argument (the instance to initialize)");
}
Result object_repr(Args args) { return make_str(repr(args[0])); }
Result object_str(Args args) { return to_str(args[0]); }
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
Result object_eq(Args args) {
  if (!is_instance(args[0]) && knows_equality(args[0], args[1])) {
    return compare(Comparison::kEq, args[0], args[1]);
  }
  return args[0] == args[1] ? make_bool(true) : Ref<>::share(this_thread().world.not_implemented);
}
Result object_ne(Args args) {
  if (!is_instance(args[0]) && !knows_equality(args[0], args[1])) {
    return Ref<>::share(this_thread().world.not_implemented);
  }
  return compare(Comparison::kNe, args[0], args[1]);
}
Result object_hash(Args args) {
  return make_int(is_instance(args[0]) ? hash_pointer(args[0]) : hash(args[0]));
}
Result object_format(Args args) {
  return make_str(format(args[0], str_arg(args[1], "__format__")));
}
Result object_setattr(Args args) {
  set_attribute(args[0], intern(str_arg(args[1], "__setattr__")), args[2]);
  return make_none();
}

constexpr NativeMethod kObjectMethods[] = {
    {"__init__", object_init, any_keywords(0, kAnyNumber).worded(Wording::kSlot)},
    {"__repr__", object_repr, slot(0)},
    {"__str__", object_str, slot(0)},
    {"__eq__", object_eq, slot(1)},
    {"__ne__", object_ne, slot(1)},
    {"__hash__", object_hash, slot(0)},
    {"__format__", object_format, exactly(1)},
    {"__setattr__", object_setattr, slot(2)},
};

Result type_construct(Args args);
constexpr NativeMethod kTypeConstructor = {"type", type_construct,
                                           between(1, 3).or_says("type() takes 1 or 3 arguments")};
Result type_construct(Args args) {
  if (args.count == 2) return Ref<>::share(class_of(args[1]));
  if (args.count == 3) return fail(X::TypeError, kTypeConstructor.takes.wrong_number);
  return fail(X::TypeError, "type() takes 1 argument: classes are made by class statements");
}
Result type_mro(Args args) {
  Ref<List> mro = make_list();
  for (Class* k = as<Class>(args[0]); k != nullptr; k = k->base)
    list_append(mro.get(), Ref<>::share(k));
  return mro;
}
constexpr NativeMethod kTypeMethods[] = {{"mro", type_mro, exactly(0)}};

// ---- wrappers ----

Ref<Wrapper> make_wrapper(const Type& type, Object* function, Object* setter = nullptr) {
  Wrapper* wrapper = allocate_object<Wrapper>(type);
  wrapper->function = Ref<>::share(function).take();
  wrapper->setter = Ref<>::share(setter).take();
  return Ref<Wrapper>::adopt(wrapper);
}
Result static_method_construct(Args args) { return make_wrapper(types::static_method, args[1]); }
Result class_method_construct(Args args) { return make_wrapper(types::class_method, args[1]); }
Result property_construct(Args args) { return make_wrapper(types::property, args[1], args.get(2)); }
Result property_setter(Args args) {
  return make_wrapper(types::property, as<Wrapper>(args[0])->function, args[1]);
}
Result property_getter(Args args) {
  return make_wrapper(types::property, args[1], as<Wrapper>(args[0])->setter);
}
constexpr NativeMethod kStaticMethodConstructor = {"staticmethod", static_method_construct,
                                                   exactly(1)};
constexpr NativeMethod kClassMethodConstructor = {"classmethod", class_method_construct,
                                                  exactly(1)};
constexpr NativeMethod kPropertyConstructor = {"property", property_construct,
                                               named(1, "fget", "fset")};
constexpr NativeMethod kPropertyMethods[] = {{"setter", property_setter, exactly(1)},
                                             {"getter", property_getter, exactly(1)}};

Result super_construct(Args args) {
  if (args[1]->kind() != Kind::kClass) {
    return fail(X::TypeError, "super() argument 1 must be a type, not ", type_name(args[1]));
  }
  Super* super = allocate_object<Super>(types::super);
  super->owner = Ref<Class>::share(as<Class>(args[1])).take();
  super->self = Ref<>::share(args[2]).take();
  return Ref<>::adopt(super);
}
constexpr NativeMethod kSuperConstructor = {
    "super", super_construct,
    exactly(2).or_says(
        "super() takes a class and an instance, or no arguments and is called at once")};

// ---- generators ----

Result resume_or_stop(Generator* generator, Object* sent) {
  Maybe value = resume(generator, sent);
  if (value || value.failed()) return std::move(value).result();
  return fail_stop_iteration(take_returned(generator));
}
Result generator_next(Args args) { return resume_or_stop(as<Generator>(args[0]), nullptr); }
Result generator_iter(Args args) { return Ref<>::share(args[0]); }
Result generator_send(Args args) { return resume_or_stop(as<Generator>(args[0]), args[1]); }
constexpr NativeMethod kGeneratorMethods[] = {{"__next__", generator_next, slot(0)},
                                              {"__iter__", generator_iter, slot(0)},
                                              {"send", generator_send, exactly(1)},
                                              {"throw", generator_throw, between(1, 3)},
                                              {"close", generator_close, exactly(0)}};

// ---- exceptions ----

// The exceptions that take keywords, which become attributes of theirs.
struct ExceptionKeywords {
  X kind;
  const char* names[2];
};
constexpr ExceptionKeywords kExceptionKeywords[] = {{X::ImportError, {"name", "path"}},
                                                    {X::AttributeError, {"name", "obj"}},
                                                    {X::NameError, {"name", "name"}}};

// Stands for a row's names: which there are depends on the class that `exception` is of.
void take_keywords(Exception* exception, Args args) {
  const std::size_t count = args.keywords == nullptr ? 0 : args.keywords->size;
  for (std::size_t k = 0; k < count; ++k) {
    Str* name = as<Str>(args.keywords->items[k]);
    const ExceptionKeywords* taken = nullptr;
    for (const ExceptionKeywords& each : kExceptionKeywords) {
      if (is_exception_of(exception, each.kind)) taken = &each;
    }
    if (taken == nullptr) {
      raise(X::TypeError, type_name(exception), "() takes no keyword arguments");
    }
    if (name->view() != taken->names[0] && name->view() != taken->names[1]) {
      raise(X::TypeError, "'", name->view(), "' is an invalid keyword argument for ",
            exception_class(taken->kind)->name->view(), "()");
    }
    set_instance_value(exception, intern(name), args.values[args.count + k]);
  }
}

constexpr std::array<std::string_view, 3> kErrorFields = {"errno", "strerror", "filename"};

// OSError(errno, text), and up to three more; another number of arguments is only kept.
bool has_error_fields(Args args) { return args.count >= 3 && args.count <= 6; }

// Such an OSError is of the errno's class.
Class* constructed_class(Args args) {
  Class* klass = as<Class>(args[0]);
  const bool has_errno =
      has_error_fields(args) && (args[1]->kind() == Kind::kInt || is_bool(args[1]));
  if (klass != exception_class(X::OSError) || !has_errno) return klass;
  const std::int64_t error = int_value(args[1]);
  return error == static_cast<int>(error) ? exception_class(kind_of_errno(static_cast<int>(error)))
                                          : klass;
}

bool has_own_init(Class* klass) {
  Ref<> init = class_attribute(klass, this_thread().world.names.init);
  return init && init->kind() != Kind::kNativeFunction;
}

// How many of the arguments are kept as such: a file's name is no argument of an OSError but an
// attribute alone.
std::size_t kept_arguments(Class* klass, Args args) {
  const bool has_name = args.count >= 4 && args.count <= 6 && !is_none(args[3]) &&
                        is_subclass(klass, exception_class(X::OSError));
  return has_name ? 2 : args.count - 1;
}

void set_error_fields(Exception* exception, Args args) {
  if (!is_exception_of(exception, X::OSError)) return;
  for (std::size_t i = 0; i < kErrorFields.size(); ++i) {
    Str* name = intern(kErrorFields[i]);
    if (has_error_fields(args) && args.count > i + 1) {
      set_instance_value(exception, name, args[i + 1]);
    } else {
      take_instance_value(exception, name);  // then it is the class's None
    }
  }
}

// Any keywords: those of a class with an __init__ in Python are that one's.
Result exception_construct(Args args) {
  Class* klass = constructed_class(args);
  Ref<Exception> exception = make_exception(
      klass, make_tuple(std::span<Object* const>(args.values + 1, kept_arguments(klass, args))));
  if (args.keywords != nullptr && !has_own_init(klass)) take_keywords(exception.get(), args);
  set_error_fields(exception.get(), args);
  return exception;
}
Result exception_init(Args args) {
  Exception* exception = as<Exception>(args[0]);
  // An OSError is whole when it has been made; its __init__ changes nothing and takes anything.
  if (is_exception_of(exception, X::OSError) && !has_own_init(class_of(exception))) {
    return make_none();
  }
  take_keywords(exception, args);
  Ref<Tuple> old;
  const std::size_t count = kept_arguments(class_of(exception), args);
  Ref<Tuple> made = make_tuple(std::span<Object* const>(args.values + 1, count));
  set_error_fields(exception, args);
  Section section(exception);
  old = Ref<Tuple>::adopt(std::exchange(exception->args, made.take()));
  return make_none();
}
Result with_traceback(Args args) { return Ref<>::share(args[0]); }
constexpr NativeMethod kExceptionConstructor = {"", exception_construct,
                                                any_keywords(0, kAnyNumber)};
// Each exception class has the first for its own, as in CPython.
constexpr NativeMethod kExceptionMethods[] = {
    {"__init__", exception_init, any_keywords(0, kAnyNumber).worded(Wording::kSlot)}};
constexpr NativeMethod kBaseExceptionMethods[] = {{"with_traceback", with_traceback, exactly(1)}};

}  // namespace

void define_code_classes(World& world) {
  // `object` itself: its instances are those of a Python class without attributes.
  Str* name = intern(std::string_view("object"));
  Ref<Dict> attributes = make_dict();
  world.object_class = make_class(name, nullptr, attributes.get(), false).take();
  add_natives(world.object_class, kObjectMethods, Binding::kMethod);
  define_class(world, types::klass, kTypeMethods, &kTypeConstructor);
  define_class(world, types::none, {});
  define_class(world, types::not_implemented, {});
  define_class(world, types::ellipsis, {});
  define_class(world, types::function, {});
  define_class(world, types::native_function, {});
  define_class(world, types::bound_method, {});
  define_class(world, types::cell, {});
  define_class(world, types::module, {});
  define_class(world, types::static_method, {}, &kStaticMethodConstructor);
  define_class(world, types::class_method, {}, &kClassMethodConstructor);
  define_class(world, types::property, kPropertyMethods, &kPropertyConstructor);
  define_class(world, types::super, {}, &kSuperConstructor);
  define_class(world, types::generator, kGeneratorMethods);
  define_class(world, types::traceback, {});
}

void define_exception_classes(World& world) {
  Class* const object = world.object_class;
  auto define = [&](X kind, const char* name, Class* base) {
    Ref<Dict> attributes = make_dict();
    const std::string_view own_name = kind == X::ZlibError ? "error" : name;  // of the module zlib
    Class* klass = make_class(intern(own_name), base, attributes.get(), true).take();
    klass->builtin = &klass->instance_type;
    klass->construct = &kExceptionConstructor;
    world.exceptions[static_cast<int>(kind)] = klass;
    add_natives(klass, kExceptionMethods, Binding::kMethod);
    if (base == object) add_natives(klass, kBaseExceptionMethods, Binding::kMethod);
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
  const Ref<> none = make_none();
  for (const std::string_view field : kErrorFields) {
    dict_set(OSError->attributes, intern(field), none.get());
  }
  Ref<> alias = Ref<>::share(OSError);
  dict_set(world.builtins->attributes, intern("IOError"), alias.get());
}

GILBENCH_END
