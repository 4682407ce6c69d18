// The __len__, __getitem__ ... of built-in classes, for programs that call them by name: each asks
// the operation that the interpreter uses itself. Which class they are of is their row's business.
#pragma once

#include "runtime/objects/native.h"

GILBENCH_BEGIN

Result method_len(Args args);
Result method_getitem(Args args);
Result method_setitem(Args args);
Result method_delitem(Args args);
Result method_contains(Args args);
Result method_iter(Args args);
Result method_next(Args args);
Result method_reversed(Args args);

GILBENCH_END
