// How native code meets programs: tables of natives (native_row.h) for built-in classes and
// modules, and reading single arguments with CPython's messages.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

#include "runtime/objects/errors.h"
#include "runtime/objects/make.h"
#include "runtime/objects/native_row.h"
#include "runtime/objects/operations.h"
#include "runtime/values/types.h"
#include "runtime/world/world.h"

GILBENCH_BEGIN

// Makes the class of a built-in type: its name is type.name, its base `object`. `constructor` is
// called with the class as args[0] and then the program's arguments; null: cannot be instantiated.
// The class is kept in world.builtin_classes[type.kind], or for kIterator and kNative in
// World::add_native_class(). Borrowed. Rows are constants.
Class* define_class(World& world, const Type& type, std::span<const NativeMethod> methods,
                    const NativeMethod* constructor = nullptr);
// Gives the class natives: methods, or others as the binding says.
void add_natives(Class* klass, std::span<const NativeMethod> rows, Binding binding);

// One per group of types, each in the file of its group; World::populate() calls them all.
void define_number_classes(World& world);  // int, float, bool: objects/number_methods.cpp
void define_text_classes(World& world);    // str, bytes: objects/str_methods.cpp, bytes_methods.cpp
void define_sequence_classes(World& world);  // list, tuple, range, slice
void define_table_classes(World& world);     // dict, its views, set, frozenset
void define_iterator_classes(World& world);  // enumerate, zip, map, filter, reversed and iterators
void define_code_classes(World& world);  // function, type, method, module, generator, property ...
void define_exception_classes(World& world);
void define_builtins(World& world);  // len, print, ...: into world.builtins

// A native module: made when it is first imported. Each in modules/NAME.cpp.
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
// `spoken`: what messages call the module where that is not its name; empty: they do not name it.
void module_add(Module* module, std::span<const NativeMethod> functions);
void module_add(Module* module, std::span<const NativeMethod> functions, std::string_view spoken);

// ---- arguments ----

// The arguments without the first `count` ones (keywords are kept).
inline Args rest(Args args, std::size_t count = 1) {
  assert(count <= args.count);
  return {args.values + count, args.count - count, args.keywords};
}

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
