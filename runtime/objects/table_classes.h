// What the files of the table classes share.
#pragma once

#include "runtime/objects/native.h"

GILBENCH_BEGIN

void define_set_classes(World& world);

GILBENCH_END
