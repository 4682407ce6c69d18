// Methods of int that stand in int_bytes.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Result int_to_bytes(Args args);
Result int_from_bytes(Args args);  // a class method

GILBENCH_END
