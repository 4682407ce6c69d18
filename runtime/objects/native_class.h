// For classes that are written in C++: the numbers of their types.
#pragma once

#include "runtime/objects/native.h"

GILBENCH_BEGIN

// Type::id of the types that native modules bring along: above every Kind, below the first id that
// a class of a program is given.
enum NativeTypeId : std::uint64_t {
  kSocketTypeId = 501,
  kHashTypeId,
  kRLockTypeId,
  kTracebackTypeId,
};

GILBENCH_END
