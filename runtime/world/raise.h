// How code on this floor raises what a program can catch, or fails with it. Errors are objects, so
// they are made further up: these functions are defined in objects/errors.cpp.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "runtime/world/world.h"

GILBENCH_BEGIN

using X = ExceptionKind;

[[noreturn]] void raise(ExceptionKind kind, const std::string& message);
// The same for what hands back failures (values/result.h): `return fail(...)`.
Failure fail(ExceptionKind kind, const std::string& message);

std::string joined(std::initializer_list<std::string_view> parts);
// Both of a message in parts: raise(X::TypeError, "'", type_name(object), "' object is not
// iterable").
template <class... Part>
[[noreturn]] GILBENCH_INLINE void raise(ExceptionKind kind, const Part&... parts) {
  raise(kind, joined({std::string_view(parts)...}));
}
template <class... Part>
GILBENCH_INLINE Failure fail(ExceptionKind kind, const Part&... parts) {
  return fail(kind, joined({std::string_view(parts)...}));
}
// OSError's subclass by errno.
[[noreturn]] void raise_os_error(int error, const std::string& filename = "");

GILBENCH_END
