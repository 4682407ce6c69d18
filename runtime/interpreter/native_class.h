// For classes that are written in C++: checking a method's self, class methods, numbers of types.
#pragma once

#include "runtime/interpreter/native.h"

GILBENCH_BEGIN

// Type::id of the types that native modules bring along: above every Kind, below the first id that
// a class of a program is given.
enum NativeTypeId : std::uint64_t {
  kSocketTypeId = 501,
  kHashTypeId,
  kRLockTypeId,
  kTracebackTypeId,
};

// TypeError "descriptor 'upper' for 'str' objects doesn't apply to a 'int' object", or "unbound
// method str.upper() needs an argument".
[[noreturn]] void raise_bad_self(Args args, const char* class_name, const char* name);

// Self of a method that was perhaps called through its class, with anything.
template <class T>
T* self_of(Args args, const Type& type, const char* name) {
  if (args.count == 0 || args[0]->type != &type) [[unlikely]]
    raise_bad_self(args, type.name, name);
  return as<T>(args[0]);
}
// The same, and the number of arguments after it.
template <class T>
T* method_self(Args args, const Type& type, const char* name, std::size_t min, std::size_t max) {
  T* self = self_of<T>(args, type, name);
  check_method(args, name, min, max);
  return self;
}

// A method that is handed the class as args[0], or nothing before the program's arguments.
void add_class_method(Class* klass, const char* name, NativeCode code);
void add_static_method(Class* klass, const char* name, NativeCode code);
// An attribute that is computed when it is read: code is called with self.
void add_property(Class* klass, const char* name, NativeCode code);

GILBENCH_END
