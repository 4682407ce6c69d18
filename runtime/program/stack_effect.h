// Facts about instructions beyond their row in opcodes.h.
#pragma once

#include "runtime/program/opcodes.h"

namespace gilbench {

// Whether the argument is the index of a word to jump to.
bool is_jump(Opcode opcode);
// Whether the next word is never reached from here.
bool ends_flow(Opcode opcode);
// Whether the instruction may raise: all but those that only move values.
bool can_raise(Opcode opcode);
// Whether the argument is a cache site.
bool has_cache_site(Opcode opcode);

// The instruction over which a superinstruction stands; any other itself.
Opcode first_of(Opcode opcode);

// The change in stack height when the jump is taken.
int jump_effect(Opcode opcode);

}  // namespace gilbench
