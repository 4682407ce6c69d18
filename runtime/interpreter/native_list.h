// The table of natives as text.
#pragma once

#include <string>

#include "strategies/current.h"

GILBENCH_BEGIN

// One JSON object a line: module or class, name, and what the row asks for. In a world of its own.
std::string list_natives();

GILBENCH_END
