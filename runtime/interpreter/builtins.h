// The built-in functions, in groups: each group's file has a table of them.
#pragma once

#include <span>

#include "runtime/objects/native.h"

GILBENCH_BEGIN

std::span<const NativeMethod> object_functions();    // repr, getattr, isinstance, iter, next, ...
std::span<const NativeMethod> number_functions();    // abs, divmod, pow, round, bin, ord, ...
std::span<const NativeMethod> iterable_functions();  // min, max, sum, sorted, any, all
std::span<const NativeMethod> output_functions();    // print

// Writes what has been printed so far to the process's stdout, where the options say so. Attached.
// What cannot be written is dropped: a broken pipe at the far end is not the program's error.
void flush_output(World& world);

GILBENCH_END
