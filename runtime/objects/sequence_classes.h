// What the files of the sequence classes share.
#pragma once

#include "runtime/objects/native.h"

GILBENCH_BEGIN

void define_list_class(World& world);
void define_range_class(World& world);

// The start and stop of index(value, start, stop) as numbers; negative ones count from the end. (P)
struct SearchBounds {
  std::int64_t start, stop;
};
SearchBounds search_bounds(Args args);

GILBENCH_END
