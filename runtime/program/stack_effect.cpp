// A switch over the opcodes for each fact. first_of() names the instruction that a superinstruction
// begins with.
#include "runtime/program/stack_effect.h"

#include <bit>

namespace gilbench {

int stack_effect(Opcode opcode, std::uint32_t argument, std::uint32_t second) {
  const int fixed = kOpcodeInfo[static_cast<std::size_t>(opcode)].effect;
  if (fixed != kVaries) return fixed;
  const int count = static_cast<int>(argument);
  switch (opcode) {
    case Opcode::BUILD_DICT:
      return 1 - 2 * count;
    case Opcode::FORMAT_VALUE:
      return (argument & 4u) != 0 ? -1 : 0;
    case Opcode::UNPACK:
      return count - 1;
    case Opcode::UNPACK_STAR:  // before, the list, after; less the iterable
      return static_cast<int>((argument & 0xffu) + (argument >> 8));
    case Opcode::CALL:
    case Opcode::CALL_KEYWORDS:
      return -1 - count;
    case Opcode::CALL_SPREAD:
      return -2 - count;
    case Opcode::MAKE_FUNCTION:
      return 1 - std::popcount(second & 7u);
    case Opcode::RAISE:
    case Opcode::ASSERT_FAIL:
      return -count;
    default:  // BUILD_TUPLE, BUILD_LIST, BUILD_SET, BUILD_STRING, BUILD_SLICE
      return 1 - count;
  }
}

bool is_jump(Opcode opcode) {
  switch (opcode) {
    case Opcode::JUMP:
    case Opcode::JUMP_BACK:
    case Opcode::JUMP_IF_FALSE:
    case Opcode::JUMP_IF_TRUE:
    case Opcode::JUMP_IF_FALSE_OR_POP:
    case Opcode::JUMP_IF_TRUE_OR_POP:
    case Opcode::FOR_ITER:
    case Opcode::FOR_ITER_STORE:
      return true;
    default:
      return false;
  }
}

bool ends_flow(Opcode opcode) {
  switch (opcode) {
    case Opcode::JUMP:
    case Opcode::JUMP_BACK:
    case Opcode::RETURN:
    case Opcode::RAISE:
    case Opcode::RERAISE:
    case Opcode::ASSERT_FAIL:
      return true;
    default:
      return false;
  }
}

bool can_raise(Opcode opcode) {
  switch (opcode) {
    case Opcode::NOP:
    case Opcode::LOAD_CONST:
    case Opcode::STORE_LOCAL:
    case Opcode::STORE_CELL:
    case Opcode::LOAD_CLOSURE:
    case Opcode::POP:
    case Opcode::COPY:
    case Opcode::SWAP:
    case Opcode::PUSH_NULL:
    case Opcode::JUMP:
    case Opcode::RETURN:
    case Opcode::PUSH_HANDLED:
    case Opcode::POP_HANDLED:
      return false;
    default:
      return true;
  }
}

bool has_cache_site(Opcode opcode) {
  switch (opcode) {
    case Opcode::LOAD_GLOBAL:
    case Opcode::LOAD_GLOBAL_NULL:
    case Opcode::STORE_GLOBAL:
    case Opcode::DELETE_GLOBAL:
    case Opcode::LOAD_NAME:
    case Opcode::STORE_NAME:
    case Opcode::LOAD_ATTR:
    case Opcode::STORE_ATTR:
    case Opcode::DELETE_ATTR:
    case Opcode::LOAD_METHOD:
    case Opcode::LOAD_SUPER_METHOD:
      return true;
    default:
      return false;
  }
}

Opcode first_of(Opcode opcode) {
  if (is_borrowing_form(opcode)) {
    return borrowed_by(opcode) == Borrowed::kConst ? Opcode::LOAD_CONST : Opcode::LOAD_LOCAL;
  }
  if (is_comparison_branch(opcode)) return without_branch(opcode);
  switch (opcode) {
    case Opcode::LOAD_LOCAL_LOCAL:
    case Opcode::LOAD_LOCAL_CONST:
    case Opcode::LOAD_ATTR_L:
    case Opcode::STORE_ATTR_L:
    case Opcode::STORE_SUBSCRIPT_LL:
      return Opcode::LOAD_LOCAL;
    case Opcode::STORE_LOAD_LOCAL:
      return Opcode::STORE_LOCAL;
    case Opcode::FOR_ITER_STORE:
      return Opcode::FOR_ITER;
    case Opcode::LOAD_GLOBAL_NULL:
      return Opcode::LOAD_GLOBAL;
    default:
      return opcode;
  }
}

int jump_effect(Opcode opcode) {
  switch (opcode) {
    case Opcode::JUMP_IF_FALSE:
    case Opcode::JUMP_IF_TRUE:
    case Opcode::FOR_ITER:
    case Opcode::FOR_ITER_STORE:
      return -1;
    default:  // JUMP, JUMP_BACK, and JUMP_IF_*_OR_POP, which keep their value when they jump
      return 0;
  }
}

}  // namespace gilbench
