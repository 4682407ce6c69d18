// Methods of bytes in bytes_split.cpp and the constructor in bytes_make.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Result bytes_join(Args args);
Result bytes_split(Args args);
Result bytes_rsplit(Args args);
Result bytes_split_lines(Args args);
Result bytes_partition(Args args);
Result bytes_rpartition(Args args);
Result bytes_hex(Args args);

Result construct_bytes(Args args);
Result bytes_from_hex(Args args);  // a class method

GILBENCH_END
