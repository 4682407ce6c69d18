// How code on this floor raises what a program can catch, or fails with it. Errors are objects, so
// they are made further up: these functions are defined in objects/errors.cpp.
#pragma once

#include <string>

#include "runtime/world/world.h"

GILBENCH_BEGIN

using X = ExceptionKind;

[[noreturn]] void raise(ExceptionKind kind, const std::string& message);
// The same for what hands back failures (values/result.h): `return fail(...)`.
Failure fail(ExceptionKind kind, const std::string& message);
// OSError's subclass by errno.
[[noreturn]] void raise_os_error(int error, const std::string& filename = "");

GILBENCH_END
