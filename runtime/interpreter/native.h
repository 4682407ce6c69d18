// How native code meets programs: method tables of built-in classes, functions of modules, and
// taking arguments apart with CPython's messages.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "runtime/interpreter/errors.h"
#include "runtime/interpreter/world.h"
#include "runtime/objects/make.h"
#include "runtime/objects/operations.h"
#include "runtime/objects/types.h"

GILBENCH_BEGIN

struct NativeMethod {
  const char* name;
  NativeCode code;  // a method's args[0] is self
};

// Makes the class of a built-in type: its name is type.name, its base `object`. `construct` is
// called with the class as args[0] and then the program's arguments; null: cannot be instantiated.
// The class is kept in world.builtin_classes[type.kind], or for kIterator and kNative in
// World::add_native_class(). Borrowed.
Class* define_class(World& world, const Type& type, std::span<const NativeMethod> methods,
                    NativeCode construct = nullptr);

// One per group of types, each in the file of its group; World::populate() calls them all.
void define_number_classes(World& world);  // int, float, bool: objects/number_methods.cpp
void define_text_classes(World& world);    // str, bytes: objects/str_methods.cpp, bytes_methods.cpp
void define_sequence_classes(World& world);  // list, tuple, range, slice
void define_table_classes(World& world);     // dict, its views, set, frozenset
void define_iterator_classes(World& world);  // enumerate, zip, map, filter, reversed and iterators
void define_code_classes(World& world);  // function, type, method, module, generator, property ...
void define_exception_classes(World& world);
void define_builtins(World& world);  // len, print, ...: into world.builtins

// A native module: made when it is first imported. Each in interpreter/modules/NAME.cpp.
Ref<Module> make_math_module();
Ref<Module> make_time_module();
Ref<Module> make_os_module();
Ref<Module> make_socket_module();
Ref<Module> make_hashlib_module();
Ref<Module> make_zlib_module();
Ref<Module> make_threading_module();
Ref<Module> make_sys_module();
Ref<Module> make_gc_module();
void module_add(Module* module, const char* name, Ref<> value);
void module_add(Module* module, std::span<const NativeMethod> functions);

// ---- arguments ----
// All raise TypeError with CPython's messages; `name` is the function's as in "append() takes ...".

// No keywords, and between min and max positional arguments; self not counted when `method`.
[[noreturn]] void raise_bad_args(Args args, const char* name, std::size_t min, std::size_t max,
                                 bool method);
inline void check_args(Args args, const char* name, std::size_t min, std::size_t max,
                       bool method = false) {
  const std::size_t given = args.count - (method && args.count > 0 ? 1 : 0);
  if (given < min || given > max || (args.keywords != nullptr && args.keywords->size > 0))
      [[unlikely]]
    raise_bad_args(args, name, min, max, method);
}
// A method's: args[0] is self.
inline void check_method(Args args, const char* name, std::size_t min, std::size_t max) {
  check_args(args, name, min, max, true);
}
// Puts arguments given by position or keyword into `out` (borrowed; null where not given), one per
// name. The first `positional_only` may not be given by name, those from `keyword_from` on only by
// name; fewer than `required` is an error. For methods pass Args without self (see rest()).
void bind_args(Args args, const char* name, std::span<const char* const> names,
               std::span<Object*> out, std::size_t required, std::size_t positional_only = 0,
               std::size_t keyword_from = ~std::size_t{0});
// The arguments without the first `count` ones (keywords are kept).
inline Args rest(Args args, std::size_t count = 1) {
  return {args.values + count, args.count - count, args.keywords};
}
// The value of keyword i: args.values[args.count + i].

// The type of an argument, as CPython names it where it is not the one that was asked for.
const char* arg_type_name(Object* object);
// A str argument; TypeError "NAME() argument must be str, not int".
Str* str_arg(Object* object, const char* name);
// A start or end argument of find(), index(): None or null means `fallback`, out of range is
// clamped.
std::int64_t slice_index_arg(Object* object, std::int64_t fallback);
// The bytes of a bytes-like argument (bytes only); TypeError "a bytes-like object is required, not
// 'str'".
std::string_view bytes_arg(Object* object);

GILBENCH_END
