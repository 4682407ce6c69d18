// Methods of int that stand in int_bytes.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Ref<> int_to_bytes(Args args);
Ref<> int_from_bytes(Args args);  // a class method

GILBENCH_END
