// The module os, in two files: descriptors (os.cpp) and folders and paths (os_files.cpp).
#pragma once

#include <span>

#include "runtime/objects/native.h"

GILBENCH_BEGIN

std::span<const NativeMethod> os_file_functions();  // unlink, mkdir, listdir, getcwd, ...
Ref<Module> make_os_path_module();

// A path argument: str or bytes. TypeError, ValueError "embedded null byte".
std::string path_arg(Object* object, const char* function);
// A file descriptor or another C int.
int int_arg(Object* object);

GILBENCH_END
