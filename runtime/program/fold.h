// Constant folding: what an expression is worth where that is known before it runs.
#pragma once

#include <optional>

#include "runtime/program/tree.h"

namespace gilbench {

// Constants, tuples of constants, signs before numbers, and arithmetic on numbers that neither
// fails nor grows long. Everything else is left to run.
std::optional<Literal> fold(const Node& expression);

}  // namespace gilbench
