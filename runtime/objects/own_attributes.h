// Attributes that objects keep themselves, beside those of their class: a function's name, a
// range's start, an exception's cause.
#pragma once

#include "runtime/values/types.h"

GILBENCH_BEGIN

// Null where the object has none of that name.
Ref<> own_attribute(Object* object, Str* name);
// False where the object keeps no such attribute; TypeError or AttributeError where it may not have
// that value.
bool set_own_attribute(Object* object, Str* name, Object* value);
bool delete_own_attribute(Object* object, Str* name);

GILBENCH_END
