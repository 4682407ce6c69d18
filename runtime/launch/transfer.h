// Data between processes or worlds, as bytes: None, bool, int, float, str, bytes, tuples, lists,
// dicts and sets of such, and instances of classes that the program's module defines, by the name
// of their class, as pickle does it. The copy is a tree: what is referred to twice arrives twice.
#pragma once

#include <string>
#include <string_view>

#include "runtime/values/types.h"

GILBENCH_BEGIN

// TypeError "cannot send 'lock' object to another process" for anything else; ValueError for data
// nested deeper than 500 levels (an object that contains itself, say).
std::string serialize(Object* object);
// What serialize() made; AttributeError where an instance's class is not known here. The bytes must
// be whole.
Ref<> deserialize(std::string_view bytes);

GILBENCH_END
