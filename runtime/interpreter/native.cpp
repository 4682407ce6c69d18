#include "runtime/interpreter/native.h"

#include <algorithm>
#include <optional>

#include "runtime/objects/classes.h"
#include "runtime/objects/containers.h"

GILBENCH_BEGIN

namespace {

std::string plural(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string type_prefix(Args args, bool method) {
  return method && args.count > 0 ? std::string(type_name(args[0])) + "." : "";
}

}  // namespace

Class* define_class(World& world, const Type& type, std::span<const NativeMethod> methods,
                    NativeCode construct) {
  Class* klass = allocate_object<Class>(types::klass);
  Ref<Class> owned = Ref<Class>::adopt(klass);  // until it is the world's
  Str* name = intern(type.name);
  retain(name);
  klass->name = name;
  klass->base = world.object_class;
  if (klass->base != nullptr) retain(klass->base);
  klass->attributes = make_dict().take();
  klass->builtin = &type;
  klass->construct = construct;
  for (const NativeMethod& method : methods) {
    Ref<> function = make_native_function(method.name, method.code, klass);
    dict_set(klass->attributes, intern(method.name), function.get());
  }
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
  for (const NativeMethod& function : functions) {
    module_add(module, function.name, make_native_function(function.name, function.code));
  }
}

void raise_bad_args(Args args, const char* name, std::size_t min, std::size_t max, bool method) {
  const std::size_t given = args.count - (method && args.count > 0 ? 1 : 0);
  if (args.keywords != nullptr && args.keywords->size > 0) {
    raise(X::TypeError, type_prefix(args, method) + name + "() takes no keyword arguments");
  }
  const std::string function = type_prefix(args, method) + name + "()";
  if (max == 0)
    raise(X::TypeError, function + " takes no arguments (" + std::to_string(given) + " given)");
  if (min == max && max == 1) {
    raise(X::TypeError,
          function + " takes exactly one argument (" + std::to_string(given) + " given)");
  }
  // CPython's argument clinic names the bare function from here on.
  if (min == max) {
    raise(X::TypeError, std::string(name) + " expected " + plural(min, "argument") + ", got " +
                            std::to_string(given));
  }
  const bool few = given < min;
  raise(X::TypeError, std::string(name) + " expected at " + (few ? "least " : "most ") +
                          plural(few ? min : max, "argument") + ", got " + std::to_string(given));
}

void bind_args(Args args, const char* name, std::span<const char* const> names,
               std::span<Object*> out, std::size_t required, std::size_t positional_only,
               std::size_t keyword_from) {
  const std::size_t max_positional = std::min(names.size(), keyword_from);
  const std::size_t keywords = args.keywords == nullptr ? 0 : args.keywords->size;
  std::fill(out.begin(), out.end(), nullptr);
  if (args.count > max_positional) {
    const std::size_t total = args.count + keywords;
    raise(X::TypeError,
          std::string(name) + (max_positional == 0 ? "() takes no positional arguments"
                                                   : std::string("() takes at most ") +
                                                         plural(names.size(), "argument") + " (" +
                                                         std::to_string(total) + " given)"));
  }
  for (std::size_t i = 0; i < args.count; ++i) out[i] = args[i];
  for (std::size_t k = 0; k < keywords; ++k) {
    const std::string_view keyword = as<Str>(args.keywords->items[k])->view();
    std::size_t i = positional_only;
    while (i < names.size() && keyword != names[i]) ++i;
    if (i == names.size()) {
      raise(X::TypeError,
            "'" + std::string(keyword) + "' is an invalid keyword argument for " + name + "()");
    }
    if (out[i] != nullptr) {
      raise(X::TypeError, "argument for " + std::string(name) + "() given by name ('" +
                              std::string(keyword) + "') and position (" + std::to_string(i + 1) +
                              ")");
    }
    out[i] = args.values[args.count + k];
  }
  for (std::size_t i = 0; i < required; ++i) {
    if (out[i] != nullptr) continue;
    if (positional_only > i) {
      raise(X::TypeError, std::string(name) + " expected at least " + plural(required, "argument") +
                              ", got " + std::to_string(args.count));
    }
    raise(X::TypeError, std::string(name) + "() missing required argument '" + names[i] +
                            "' (pos " + std::to_string(i + 1) + ")");
  }
}

Str* str_arg(Object* object, const char* name) {
  if (is_str(object)) return as<Str>(object);
  raise(X::TypeError, std::string(name) + "() argument must be str, not " + type_name(object));
}

std::int64_t slice_index_arg(Object* object, std::int64_t fallback) {
  if (object == nullptr || is_none(object)) return fallback;
  if (object->kind() == Kind::kBigInt) {
    return to_big(object).sign() < 0 ? std::numeric_limits<std::int64_t>::min()
                                     : std::numeric_limits<std::int64_t>::max();
  }
  if (std::optional<std::int64_t> value = small_int(object)) return *value;
  if (is_instance(object)) return to_index(object);
  raise(X::TypeError, "slice indices must be integers or None or have an __index__ method");
}

std::string_view bytes_arg(Object* object) {
  if (object->kind() == Kind::kBytes) return as<Bytes>(object)->view();
  raise(X::TypeError,
        std::string("a bytes-like object is required, not '") + type_name(object) + "'");
}

GILBENCH_END
