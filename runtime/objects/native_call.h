// The one way to call a native: what its row asks for is checked here, and nowhere else.
//
// Most calls fit: no keywords, a number of arguments between two bounds, a receiver of exactly the
// owner's type. That is told by three comparisons of fields of the native function. All others go
// to native_call.cpp, which knows subclasses, binds keywords and words the TypeErrors.
#pragma once

#include "runtime/objects/native_row.h"

GILBENCH_BEGIN

// Whether the call may go straight to the code. `least` is at least 1 where there is a receiver.
GILBENCH_INLINE bool fits_directly(const NativeFunction* function, Args args) {
  return args.count - function->least <= function->spread && args.keywords == nullptr &&
         (function->receiver == nullptr || args.values[0]->type == function->receiver);
}

// Checks the call against the row; TypeError with CPython's message.
Result call_native_checked(NativeFunction* function, Args args);

inline Result call_native(NativeFunction* function, Args args) {
  if (fits_directly(function, args)) [[likely]]
    return function->code(args);
  return call_native_checked(function, args);
}

// A constructor's row; args[0] is the class.
Result call_constructor(const NativeMethod& constructor, Args args);

// A method of `owner` is called with one of its objects, a class method with a class.
Ref<NativeFunction> make_native_function(const NativeMethod& row, Binding binding, Class* owner);
// A function of a module, which messages call `module` (interned).
Ref<NativeFunction> make_native_function(const NativeMethod& row, Str* module);

GILBENCH_END
