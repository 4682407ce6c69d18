// Methods of str that have a file of their own: str_split.cpp, str_format.cpp, str_translate.cpp.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

Ref<> str_split(Args args);
Ref<> str_rsplit(Args args);
Ref<> str_split_lines(Args args);
Ref<> str_partition(Args args);
Ref<> str_rpartition(Args args);
Ref<> str_format_map(Args args);
Ref<> str_translate(Args args);
Ref<> str_make_trans(Args args);  // static

GILBENCH_END
