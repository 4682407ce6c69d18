// Methods of str that have a file of their own: str_split.cpp, str_format.cpp, str_translate.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Result str_split(Args args);
Result str_rsplit(Args args);
Result str_split_lines(Args args);
Result str_partition(Args args);
Result str_rpartition(Args args);
Result str_format_map(Args args);
Result str_translate(Args args);
Result str_make_trans(Args args);  // static

GILBENCH_END
