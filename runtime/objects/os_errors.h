// Which class of exception an errno has.
#pragma once

#include "runtime/objects/errors.h"

GILBENCH_BEGIN

// OSError itself for one that has no class of its own.
ExceptionKind kind_of_errno(int error);

GILBENCH_END
