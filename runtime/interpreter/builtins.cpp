// Built-in functions over objects of any type.
#include "runtime/interpreter/builtins.h"

#include "runtime/objects/containers.h"
#include "runtime/objects/iterators.h"
#include "runtime/support/repr.h"
#include "runtime/world/frame.h"

GILBENCH_BEGIN

namespace {

Result builtin_len(Args args) {
  std::size_t length;
  if (const Outcome known = try_length(args[0], &length); !known) return known.failure();
  return make_int_from_size(length);
}

Result builtin_repr(Args args) { return make_str(repr(args[0])); }

Result builtin_ascii(Args args) { return make_str(escape_non_ascii(repr(args[0]))); }

Result builtin_format(Args args) {
  if (args.count == 1) return make_str(format(args[0], std::string_view()));
  if (!is_str(args[1])) {
    return fail(X::TypeError, "format() argument 2 must be str, not ", arg_type_name(args[1]));
  }
  return make_str(format(args[0], as<Str>(args[1])));
}

Result builtin_hash(Args args) { return make_int(hash(args[0])); }

Result builtin_id(Args args) {
  return make_int(static_cast<std::int64_t>(reinterpret_cast<std::uintptr_t>(args[0])));
}

Result builtin_callable(Args args) { return make_bool(is_callable(args[0])); }

// ---- classes ----

// What isinstance() and issubclass() say of a wrong argument, and of one nested too deeply.
struct ClassErrors {
  const char* not_classes;
  const char* too_deep;
};

// Whether `test` holds for the class or for one of a tuple of classes, in any depth.
template <class Test>
bool any_class(Object* classes, const ClassErrors& errors, Test&& test) {
  if (classes->kind() == Kind::kClass) return test(as<Class>(classes));
  if (classes->kind() != Kind::kTuple) raise(X::TypeError, errors.not_classes);
  const RecursionGuard guard(errors.too_deep);
  const Tuple* tuple = as<Tuple>(classes);
  for (std::size_t i = 0; i < tuple->size; ++i) {
    if (any_class(tuple->items[i], errors, test)) return true;
  }
  return false;
}

Result builtin_isinstance(Args args) {
  static constexpr ClassErrors kErrors = {
      "isinstance() arg 2 must be a type, a tuple of types, or a union", " in __instancecheck__"};
  const Class* klass = class_of(args[0]);
  return make_bool(
      any_class(args[1], kErrors, [klass](const Class* base) { return is_subclass(klass, base); }));
}

Result builtin_issubclass(Args args) {
  static constexpr ClassErrors kErrors = {
      "issubclass() arg 2 must be a class, a tuple of classes, or a union",
      " in __subclasscheck__"};
  if (args[0]->kind() != Kind::kClass) {
    return fail(X::TypeError, "issubclass() arg 1 must be a class");
  }
  const Class* klass = as<Class>(args[0]);
  return make_bool(
      any_class(args[1], kErrors, [klass](const Class* base) { return is_subclass(klass, base); }));
}

// ---- attributes ----

Str* attribute_name(Object* name) {
  if (is_str(name)) return intern(as<Str>(name));
  raise(X::TypeError, "attribute name must be string, not '", type_name(name), "'");
}

// Nothing also where program code (a property, __getattr__) raises AttributeError.
Maybe find_quietly(Object* object, Str* name) {
  Maybe found = try_find_attribute(object, name);
  if (found.failed() && take_error_of(X::AttributeError)) return Ref<>();
  return found;
}

Result builtin_getattr(Args args) {
  Str* name = attribute_name(args[1]);
  if (args.count == 2) return try_get_attribute(args[0], name);
  Maybe found = find_quietly(args[0], name);
  if (found || found.failed()) return std::move(found).result();
  return Ref<>::share(args[2]);
}

Result builtin_hasattr(Args args) {
  const Maybe found = find_quietly(args[0], attribute_name(args[1]));
  if (found.failed()) return found.failure();
  return make_bool(static_cast<bool>(found));
}

Result builtin_setattr(Args args) {
  set_attribute(args[0], attribute_name(args[1]), args[2]);
  return make_none();
}

Result builtin_delattr(Args args) {
  delete_attribute(args[0], attribute_name(args[1]));
  return make_none();
}

Result builtin_vars(Args args) {
  Object* object = args[0];
  if (object->kind() == Kind::kModule) return Ref<>::share(as<Module>(object)->attributes);
  if (object->kind() == Kind::kClass) return dict_copy(as<Class>(object)->attributes);
  Maybe dict = find_quietly(object, this_thread().world.names.dict_);
  if (dict || dict.failed()) return std::move(dict).result();
  return fail(X::TypeError, "vars() argument must have __dict__ attribute");
}

// ---- iterators ----

Result builtin_iter(Args args) {
  if (args.count == 1) return try_iterate(args[0]);
  if (!is_callable(args[0])) return fail(X::TypeError, "iter(v, w): v must be callable");
  return make_callable_iterator(args[0], args[1]);
}

Result builtin_next(Args args) {
  if (args.count == 1 && is_instance(args[0])) {
    // What it raises at its end, StopIteration's arguments too, is the caller's.
    Str* name = this_thread().world.names.next;
    if (Ref<> method = special_method(args[0], name)) return try_call(method.get(), {args[0]});
  }
  Maybe item = try_next(args[0]);
  if (item || item.failed()) return std::move(item).result();
  if (args.count == 2) return Ref<>::share(args[1]);
  const bool returns = args[0]->kind() == Kind::kGenerator;
  return fail_stop_iteration(returns ? take_returned(as<Generator>(args[0])) : Ref<>());
}

constexpr NativeMethod kBuiltinsFunctions[] = {
    {"len", builtin_len, exactly(1)},
    {"repr", builtin_repr, exactly(1)},
    {"ascii", builtin_ascii, exactly(1)},
    {"format", builtin_format, between(1, 2)},
    {"hash", builtin_hash, exactly(1)},
    {"id", builtin_id, exactly(1)},
    {"callable", builtin_callable, exactly(1)},
    {"isinstance", builtin_isinstance, exactly(2)},
    {"issubclass", builtin_issubclass, exactly(2)},
    {"getattr", builtin_getattr, between(2, 3)},
    {"hasattr", builtin_hasattr, exactly(2)},
    {"setattr", builtin_setattr, exactly(3)},
    {"delattr", builtin_delattr, exactly(2)},
    {"vars", builtin_vars, exactly(1)},
    {"iter", builtin_iter, between(1, 2)},
    {"next", builtin_next, between(1, 2)},
};

}  // namespace

std::span<const NativeMethod> object_functions() { return kBuiltinsFunctions; }

void define_builtins(World& world) {
  for (const auto group :
       {object_functions(), number_functions(), iterable_functions(), output_functions()}) {
    module_add(world.builtins, group, {});
  }
}

GILBENCH_END
