// Reads, sets and deletes own attributes by the kind of the object. What a program sets on a
// function goes into a dict that is made when it is first needed.
#include "runtime/objects/own_attributes.h"

#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

Ref<> optional(Object* object) { return object == nullptr ? make_none() : Ref<>::share(object); }

// ---- functions ----

// What the program has set on a function, its __name__ and __doc__ too; null: nothing yet.
Ref<Dict> attributes_of(Function* function) {
  Section section(function);
  return Ref<Dict>::share(function->attributes);
}

Ref<Dict> attributes_to_change(Function* function) {
  if (Ref<Dict> attributes = attributes_of(function)) return attributes;
  Ref<Dict> made = make_dict();
  Section section(function);
  if (function->attributes == nullptr) function->attributes = Ref<Dict>(made).take();
  return Ref<Dict>::share(function->attributes);
}

Ref<> function_attribute(Function* function, Str* name) {
  const Names& names = this_thread().world.names;
  const std::string_view text = name->view();
  if (Ref<Dict> attributes = attributes_of(function)) {
    if (Ref<> value = dict_find(attributes.get(), name)) return value;
  }
  if (name == names.name) return Ref<>::share(function->name);
  if (name == names.qualname) return make_str(function->code->qualified_name);
  if (name == names.doc) return optional(function->doc);
  if (name == names.module) return Ref<>::share(function->module->name);
  if (name == names.dict_) return attributes_to_change(function);
  if (text == "__defaults__") return optional(function->defaults);
  if (text == "__kwdefaults__") return optional(function->keyword_defaults);
  if (text == "__closure__") return optional(function->closure);
  return {};
}

// Both names of a function are strings, always.
void check_function_name(Str* name, Object* value) {
  const Names& names = this_thread().world.names;
  if (name != names.name && name != names.qualname) return;
  if (value != nullptr && is_str(value)) return;
  raise(X::TypeError, name->view(), " must be set to a string object");
}

void set_function_attribute(Function* function, Str* name, Object* value) {
  check_function_name(name, value);
  for (const char* fixed :
       {"__defaults__", "__kwdefaults__", "__closure__", "__globals__", "__code__", "__dict__"}) {
    if (name->view() == fixed) raise(X::AttributeError, "readonly attribute");
  }
  dict_set(attributes_to_change(function).get(), name, value);
}

// ---- exceptions ----

bool is_exception(const Object* object) {
  return is_instance(object) && object->type->instance_class->is_exception;
}

Ref<> exception_attribute(Exception* exception, Str* name) {
  const Names& names = this_thread().world.names;
  const std::string_view text = name->view();
  Ref<Tuple> args;
  bool suppress_context;
  bool raised;
  {
    Section section(exception);
    if (name == names.cause && exception->cause != nullptr) return Ref<>::share(exception->cause);
    if (name == names.context && exception->context != nullptr)
      return Ref<>::share(exception->context);
    args = Ref<Tuple>::share(exception->args);
    suppress_context = exception->suppress_context;
    raised = exception->traceback != nullptr;
  }
  if (name == names.args) return args;
  if (name == names.cause || name == names.context) return make_none();
  if (text == "__suppress_context__") return make_bool(suppress_context);
  if (text == "__traceback__") return raised ? make_traceback() : make_none();
  if (name == names.value && is_exception_of(exception, X::StopIteration)) {
    return args->size == 0 ? make_none() : Ref<>::share(args->items[0]);
  }
  return {};
}

// `link` is the exception's cause or context.
void set_link(Exception* exception, Exception* Exception::*link, const char* name, Object* value) {
  if (!is_none(value) && !is_exception(value)) {
    raise(X::TypeError, "exception ", name, " must be None or derive from BaseException");
  }
  Ref<Exception> old;
  Ref<> linked = is_none(value) ? Ref<>() : Ref<>::share(value);
  Section section(exception);
  old = Ref<Exception>::adopt(
      std::exchange(exception->*link, static_cast<Exception*>(linked.take())));
  if (link == &Exception::cause) exception->suppress_context = true;
}

bool set_exception_attribute(Exception* exception, Str* name, Object* value) {
  const Names& names = this_thread().world.names;
  if (name == names.cause) {
    set_link(exception, &Exception::cause, "cause", value);
  } else if (name == names.context) {
    set_link(exception, &Exception::context, "context", value);
  } else if (name == names.args) {
    Ref<Tuple> args = to_tuple(value);
    Ref<Tuple> old;
    Section section(exception);
    old = Ref<Tuple>::adopt(std::exchange(exception->args, args.take()));
  } else if (name->view() == "__suppress_context__") {
    const bool suppress = is_true(value);
    Section section(exception);
    exception->suppress_context = suppress;
  } else {
    return false;
  }
  return true;
}

// ---- numbers, ranges, slices ----

Ref<> number_attribute(Object* number, std::string_view name) {
  if (name == "real") return is_float(number) ? Ref<>::share(number) : positive(number).or_raise();
  if (name == "imag") return is_float(number) ? Ref<>(make_float(0.0)) : Ref<>(make_int(0));
  if (is_float(number)) return {};
  if (name == "numerator") return positive(number).or_raise();
  if (name == "denominator") return make_int(1);
  return {};
}

Ref<> bounds_attribute(Object* object, std::string_view name) {
  const bool is_range = object->kind() == Kind::kRange;
  if (name == "start")
    return is_range ? Ref<>(make_int(as<Range>(object)->start))
                    : Ref<>::share(as<Slice>(object)->start);
  if (name == "stop")
    return is_range ? Ref<>(make_int(as<Range>(object)->stop))
                    : Ref<>::share(as<Slice>(object)->stop);
  if (name == "step")
    return is_range ? Ref<>(make_int(as<Range>(object)->step))
                    : Ref<>::share(as<Slice>(object)->step);
  return {};
}

}  // namespace

Ref<> own_attribute(Object* object, Str* name) {
  const Names& names = this_thread().world.names;
  const std::string_view text = name->view();
  switch (object->kind()) {
    case Kind::kInstance:
      return is_exception(object) ? exception_attribute(as<Exception>(object), name) : Ref<>();
    case Kind::kModule:
      if (name == names.name) return Ref<>::share(as<Module>(object)->name);
      if (Ref<> value = dict_find(as<Module>(object)->attributes, name)) return value;
      break;
    case Kind::kFunction:
      if (Ref<> value = function_attribute(as<Function>(object), name)) return value;
      break;
    case Kind::kNativeFunction: {
      const NativeFunction* function = as<NativeFunction>(object);
      if (name == names.name) return make_str(function->name);
      if (name == names.qualname) {
        const std::string owner(function->owner == nullptr ? "" : function->owner->name->view());
        return make_str(owner.empty() ? function->name : owner + "." + function->name);
      }
      break;
    }
    case Kind::kGenerator:
      if (name != names.name && name != names.qualname) break;
      return function_attribute(as<Generator>(object)->function, name);
    case Kind::kBoundMethod:
      if (text == "__self__") return Ref<>::share(as<BoundMethod>(object)->self);
      if (text == "__func__") return Ref<>::share(as<BoundMethod>(object)->function);
      if (name == names.class_) break;
      return own_attribute(as<BoundMethod>(object)->function, name);
    case Kind::kStaticMethod:
    case Kind::kClassMethod:
      if (text == "__func__") return Ref<>::share(as<Wrapper>(object)->function);
      break;
    case Kind::kProperty:
      if (text == "fget") return Ref<>::share(as<Wrapper>(object)->function);
      break;
    case Kind::kRange:
    case Kind::kSlice:
      if (Ref<> value = bounds_attribute(object, text)) return value;
      break;
    case Kind::kInt:
    case Kind::kBool:
    case Kind::kBigInt:
    case Kind::kFloat:
      if (Ref<> value = number_attribute(object, text)) return value;
      break;
    default:
      break;
  }
  return name == names.class_ ? Ref<>::share(class_of(object)) : Ref<>();
}

bool set_own_attribute(Object* object, Str* name, Object* value) {
  if (is_exception(object)) return set_exception_attribute(as<Exception>(object), name, value);
  if (object->kind() != Kind::kFunction) return false;
  set_function_attribute(as<Function>(object), name, value);
  return true;
}

bool delete_own_attribute(Object* object, Str* name) {
  if (object->kind() != Kind::kFunction) return false;
  check_function_name(name, nullptr);
  Ref<Dict> attributes = attributes_of(as<Function>(object));
  return attributes && dict_remove(attributes.get(), static_cast<Object*>(name));
}

GILBENCH_END
