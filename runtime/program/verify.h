// Checks that a Program is sound: what the interpreter relies on without looking.
#pragma once

#include "runtime/program/program.h"

namespace gilbench {

// Follows every path through every code and checks that stack heights agree wherever paths meet and
// stay within stack_size, that jumps and handlers lead to instructions, that indexes of slots,
// constants, codes and cache sites exist, that no cache site has two users, and that PUSH_HANDLED
// and POP_HANDLED pair up. Throws std::logic_error that names code, word and fault.
void verify(const Program& program);

}  // namespace gilbench
