// The __len__, __getitem__ ... of built-in classes, for programs that call them by name: each asks
// the operation that the interpreter uses itself. Which class they are of is their row's business.
#pragma once

#include "runtime/objects/native.h"

GILBENCH_BEGIN

Ref<> method_len(Args args);
Ref<> method_getitem(Args args);
Ref<> method_setitem(Args args);
Ref<> method_delitem(Args args);
Ref<> method_contains(Args args);
Ref<> method_iter(Args args);
Ref<> method_next(Args args);
Ref<> method_reversed(Args args);

GILBENCH_END
