// What the files of the sequence classes share.
#pragma once

#include "runtime/interpreter/native.h"

GILBENCH_BEGIN

void define_list_class(World& world);
void define_range_class(World& world);

struct SearchBounds {
  std::size_t start, stop;
};
// The start and stop of index(value, start, stop), brought into a sequence of that size. (P)
SearchBounds search_bounds(Args args, std::size_t size);

GILBENCH_END
