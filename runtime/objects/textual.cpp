// repr(), str() and format() of every type.
#include <algorithm>

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"
#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/support/float_text.h"
#include "runtime/support/format_spec.h"
#include "runtime/support/repr.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

namespace {

constexpr const char* kGettingRepr = " while getting the repr of an object";

// A container whose repr is being made: met again inside itself, it prints as [...].
class ReprGuard {
 public:
  explicit ReprGuard(Object* object) : active_(this_thread().repr_active) {
    this_thread().native_checkpoint();  // lists of the same lists of the same lists
    nested_ = std::find(active_.begin(), active_.end(), object) != active_.end();
    if (active_.size() >= 1000) this_thread().raise_too_deep(kGettingRepr);
    active_.push_back(object);
  }
  ~ReprGuard() { active_.pop_back(); }
  bool nested() const { return nested_; }

 private:
  std::vector<Object*>& active_;
  bool nested_;
};

std::string address(const void* pointer) {
  char text[32];
  std::snprintf(text, sizeof text, "%p", pointer);
  return text;
}

std::string join_reprs(List* items) {
  std::string text;
  for (std::size_t i = 0; i < items->size; ++i) {
    if (i > 0) text += ", ";
    text += repr(items->items[i]);
  }
  return text;
}

std::string repr_pairs(List* pairs) {
  std::string text;
  for (std::size_t i = 0; i < pairs->size; ++i) {
    if (i > 0) text += ", ";
    Object* const* pair = as<Tuple>(pairs->items[i])->items;
    text += repr(pair[0]) + ": " + repr(pair[1]);
  }
  return text;
}

std::string repr_tuple(Tuple* tuple) {
  ReprGuard guard(tuple);
  if (guard.nested()) return "(...)";
  std::string text = "(";
  for (std::size_t i = 0; i < tuple->size; ++i) {
    if (i > 0) text += ", ";
    text += repr(tuple->items[i]);
  }
  return text + (tuple->size == 1 ? ",)" : ")");
}

std::string repr_list(List* list) {
  ReprGuard guard(list);
  if (guard.nested()) return "[...]";
  return "[" + join_reprs(list_copy(list).get()) + "]";
}

std::string repr_dict(Dict* dict) {
  ReprGuard guard(dict);
  if (guard.nested()) return "{...}";
  return "{" + repr_pairs(dict_list(dict, Kind::kDictItems).get()) + "}";
}

std::string repr_set(Set* set) {
  const bool frozen = set->kind() == Kind::kFrozenSet;
  ReprGuard guard(set);
  if (guard.nested()) return frozen ? "frozenset(...)" : "set(...)";
  Ref<List> items = set_list(set);
  if (items->size == 0) return frozen ? "frozenset()" : "set()";
  const std::string text = "{" + join_reprs(items.get()) + "}";
  return frozen ? "frozenset(" + text + ")" : text;
}

std::string class_path(const Class* klass) {
  const std::string name(qualified_name(klass));
  const bool built_in = klass->builtin != nullptr || klass == this_thread().world.object_class;
  return built_in ? name : "__main__." + name;
}

std::string repr_exception(Exception* exception) {
  Ref<Tuple> args;
  {
    Section section(exception);
    args = Ref<Tuple>::share(exception->args);
  }
  std::string text = repr_tuple(args.get());
  if (args->size == 1) text = "(" + repr(args->items[0]) + ")";
  return std::string(class_of(exception)->name->view()) + text;
}

std::string str_exception(Exception* exception) {
  Ref<Tuple> args;
  {
    Section section(exception);
    args = Ref<Tuple>::share(exception->args);
  }
  if (is_exception_of(exception, X::KeyError) && args->size == 1) return repr(args->items[0]);
  if (is_exception_of(exception, X::OSError) && args->size >= 2 && args->size <= 5) {
    Object* const* parts = args->items;
    std::string text = "[Errno " + str(parts[0]) + "] " + str(parts[1]);
    Ref<> filename = find_attribute(exception, intern("filename"));
    if (filename && !is_none(filename.get())) text += ": " + repr(filename.get());
    return text;
  }
  if (args->size == 0) return "";
  return args->size == 1 ? str(args->items[0]) : repr_tuple(args.get());
}

std::string text_of_method(Object* object, Object* method, const char* name) {
  Ref<> result = call(method, {object});
  if (!is_str(result.get())) {
    raise(X::TypeError, name, " returned non-string (type ", type_name(result.get()), ")");
  }
  return std::string(as<Str>(result.get())->view());
}

std::string repr_instance(Object* object) {
  if (Ref<> method = special_method(object, this_thread().world.names.repr)) {
    return text_of_method(object, method.get(), "__repr__");
  }
  Class* klass = object->type->instance_class;
  if (klass->is_exception) return repr_exception(as<Exception>(object));
  return "<" + class_path(klass) + " object at " + address(object) + ">";
}

std::string repr_range(const Range* range) {
  return "range(" + std::to_string(range->start) + ", " + std::to_string(range->stop) +
         (range->step == 1 ? ")" : ", " + std::to_string(range->step) + ")");
}

std::string repr_slice(const Slice* slice) {
  return "slice(" + repr(slice->start) + ", " + repr(slice->stop) + ", " + repr(slice->step) + ")";
}

std::string repr_native(const NativeFunction* function) {
  if (!needs_receiver(function->binding)) {
    return std::string("<built-in function ") + function->name + ">";
  }
  return std::string("<method '") + function->name + "' of '" +
         std::string(function->owner->name->view()) + "' objects>";
}

std::string repr_method(const BoundMethod* method) {
  if (method->function->kind() == Kind::kNativeFunction) {
    return std::string("<built-in method ") + as<NativeFunction>(method->function)->name + " of " +
           type_name(method->self) + " object at " + address(method->self) + ">";
  }
  if (method->function->kind() == Kind::kFunction) {
    return "<bound method " + as<Function>(method->function)->code->qualified_name + " of " +
           repr(method->self) + ">";
  }
  return "<bound method of " + repr(method->self) + ">";
}

}  // namespace

std::string repr(Object* object) {
  this_thread().check_stack(kGettingRepr);
  switch (object->kind()) {
    case Kind::kNone:
      return "None";
    case Kind::kNotImplemented:
      return "NotImplemented";
    case Kind::kEllipsis:
      return "Ellipsis";
    case Kind::kBool:
      return int_value(object) != 0 ? "True" : "False";
    case Kind::kInt:
      return repr_int(int_value(object));
    case Kind::kBigInt:
      return as<BigIntObject>(object)->value.to_string();
    case Kind::kFloat:
      return repr_double(float_value(object));
    case Kind::kStr:
      return repr_str(as<Str>(object)->view());
    case Kind::kBytes:
      return repr_bytes(as<Bytes>(object)->view());
    case Kind::kTuple:
      return repr_tuple(as<Tuple>(object));
    case Kind::kList:
      return repr_list(as<List>(object));
    case Kind::kDict:
      return repr_dict(as<Dict>(object));
    case Kind::kDictKeys:
    case Kind::kDictValues:
    case Kind::kDictItems:
      return std::string(type_name(object)) + "([" +
             join_reprs(dict_list(as<DictView>(object)->dict, object->kind()).get()) + "])";
    case Kind::kSet:
    case Kind::kFrozenSet:
      return repr_set(as<Set>(object));
    case Kind::kRange:
      return repr_range(as<Range>(object));
    case Kind::kSlice:
      return repr_slice(as<Slice>(object));
    case Kind::kFunction:
      return "<function " + as<Function>(object)->code->qualified_name + " at " + address(object) +
             ">";
    case Kind::kNativeFunction:
      return repr_native(as<NativeFunction>(object));
    case Kind::kBoundMethod:
      return repr_method(as<BoundMethod>(object));
    case Kind::kClass:
      return "<class '" + class_path(as<Class>(object)) + "'>";
    case Kind::kModule:
      return "<module '" + std::string(as<Module>(object)->name->view()) + "' (built-in)>";
    case Kind::kGenerator:
      return "<generator object " + as<Generator>(object)->function->code->qualified_name + " at " +
             address(object) + ">";
    case Kind::kInstance:
      return repr_instance(object);
    default:
      return std::string("<") + type_name(object) + " object at " + address(object) + ">";
  }
}

std::string str(Object* object) {
  if (is_str(object)) return std::string(as<Str>(object)->view());
  if (!is_instance(object)) return repr(object);
  this_thread().check_stack(" while getting the str of an object");
  if (Ref<> method = special_method(object, this_thread().world.names.str)) {
    return text_of_method(object, method.get(), "__str__");
  }
  if (object->type->instance_class->is_exception) return str_exception(as<Exception>(object));
  return repr_instance(object);
}

Ref<Str> to_str(Object* object) {
  if (is_str(object)) return Ref<Str>::share(as<Str>(object));
  return make_str(str(object));
}

namespace {

// `whole`: the spec as an object, where there is one.
std::string format_by(Object* object, std::string_view spec, Str* whole) {
  switch (object->kind()) {
    case Kind::kInt:
      return format_int(int_value(object), spec);
    case Kind::kBool:
      return spec.empty() ? str(object) : format_int(int_value(object), spec, "bool");
    case Kind::kBigInt:
      return format_int(as<BigIntObject>(object)->value, spec);
    case Kind::kFloat:
      return format_double(float_value(object), spec);
    case Kind::kStr:
      return format_str(as<Str>(object)->view(), spec);
    case Kind::kInstance:
      if (Ref<> method = special_method(object, this_thread().world.names.format)) {
        Ref<Str> text = whole == nullptr ? make_str(spec) : Ref<Str>::share(whole);
        Ref<> result = call(method.get(), {object, text.get()});
        if (!is_str(result.get())) {
          raise(X::TypeError, "__format__ must return a str, not ", type_name(result.get()));
        }
        return std::string(as<Str>(result.get())->view());
      }
      [[fallthrough]];
    default:
      if (spec.empty()) return str(object);
      raise(X::TypeError, "unsupported format string passed to ", type_name(object), ".__format__");
  }
}

}  // namespace

std::string format(Object* object, std::string_view spec) {
  return format_by(object, spec, nullptr);
}

std::string format(Object* object, Str* spec) { return format_by(object, spec->view(), spec); }

GILBENCH_END
