// Methods of bytes in bytes_split.cpp and the constructor in bytes_make.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Ref<> bytes_join(Args args);
Ref<> bytes_split(Args args);
Ref<> bytes_rsplit(Args args);
Ref<> bytes_split_lines(Args args);
Ref<> bytes_partition(Args args);
Ref<> bytes_rpartition(Args args);
Ref<> bytes_hex(Args args);

Ref<> construct_bytes(Args args);
Ref<> bytes_from_hex(Args args);  // a class method

GILBENCH_END
