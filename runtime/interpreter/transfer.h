// Plain data between processes or worlds: None, bool, int, float, str, bytes, and tuples, lists,
// dicts and sets of them, as bytes.
#pragma once

#include <string>
#include <string_view>

#include "runtime/objects/types.h"

GILBENCH_BEGIN

// TypeError "cannot send 'Point' object to another process" for anything else; ValueError for data
// nested deeper than 500 levels (an object that contains itself, say).
std::string serialize(Object* object);
// What serialize() made. The bytes must be whole.
Ref<> deserialize(std::string_view bytes);

GILBENCH_END
