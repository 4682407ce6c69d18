// What the assembler improves once a Code stands: jumps to jumps, and superinstructions.
#include <vector>

#include "runtime/program/assembler.h"
#include "runtime/program/stack_effect.h"

namespace gilbench {
namespace {

std::size_t words_of(Word word) {
  return static_cast<std::size_t>(kOpcodeInfo[static_cast<std::size_t>(opcode_of(word))].words);
}

// A forward jump to a JUMP goes to that one's target at once. A plain JUMP to a JUMP_BACK becomes
// one: the checkpoint is kept, the detour saved.
void shorten_jumps(Code& code) {
  for (std::size_t i = 0; i < code.words.size(); i += words_of(code.words[i])) {
    const Opcode opcode = opcode_of(code.words[i]);
    if (!is_jump(opcode) || opcode == Opcode::JUMP_BACK || opcode == Opcode::FOR_ITER) continue;
    std::uint32_t target = argument_of(code.words[i]);
    while (opcode_of(code.words[target]) == Opcode::JUMP) target = argument_of(code.words[target]);
    code.words[i] = make_word(opcode, target);
    if (opcode == Opcode::JUMP && opcode_of(code.words[target]) == Opcode::JUMP_BACK) {
      code.words[i] = code.words[target];
    }
  }
}

// The superinstruction for two neighbours; NOP where there is none.
Opcode fused(Opcode first, Opcode second) {
  if (first == Opcode::LOAD_LOCAL && second == Opcode::LOAD_LOCAL) return Opcode::LOAD_LOCAL_LOCAL;
  if (first == Opcode::LOAD_LOCAL && second == Opcode::LOAD_CONST) return Opcode::LOAD_LOCAL_CONST;
  if (first == Opcode::STORE_LOCAL && second == Opcode::LOAD_LOCAL) return Opcode::STORE_LOAD_LOCAL;
  if (first == Opcode::FOR_ITER && second == Opcode::STORE_LOCAL) return Opcode::FOR_ITER_STORE;
  if (first == Opcode::LOAD_GLOBAL && second == Opcode::PUSH_NULL) return Opcode::LOAD_GLOBAL_NULL;
  if (second != Opcode::JUMP_IF_FALSE) return Opcode::NOP;
  switch (first) {
    case Opcode::COMPARE_LT:
      return Opcode::COMPARE_LT_BRANCH;
    case Opcode::COMPARE_LE:
      return Opcode::COMPARE_LE_BRANCH;
    case Opcode::COMPARE_EQ:
      return Opcode::COMPARE_EQ_BRANCH;
    case Opcode::COMPARE_NE:
      return Opcode::COMPARE_NE_BRANCH;
    case Opcode::COMPARE_GT:
      return Opcode::COMPARE_GT_BRANCH;
    case Opcode::COMPARE_GE:
      return Opcode::COMPARE_GE_BRANCH;
    default:
      return Opcode::NOP;
  }
}

// Words that begin a pair of their own: a loop's head must not be the second half of what stands
// before the loop, and a pair must not straddle the border of a handler's region.
std::vector<bool> borders(const Code& code) {
  std::vector<bool> is_border(code.words.size() + 1, false);
  for (std::size_t i = 0; i < code.words.size(); i += words_of(code.words[i])) {
    if (is_jump(opcode_of(code.words[i]))) is_border[argument_of(code.words[i])] = true;
  }
  for (const Handler& handler : code.handlers) {
    is_border[handler.start] = true;
    is_border[handler.end] = true;
    is_border[handler.target] = true;
  }
  return is_border;
}

void fuse(Code& code) {
  const std::vector<bool> is_border = borders(code);
  for (std::size_t i = 0; i < code.words.size();) {
    const std::size_t next = i + words_of(code.words[i]);
    if (next < code.words.size() && !is_border[next]) {
      const Opcode pair = fused(opcode_of(code.words[i]), opcode_of(code.words[next]));
      if (pair != Opcode::NOP) {
        code.words[i] = make_word(pair, argument_of(code.words[i]));
        i = next + 1;
        continue;
      }
    }
    i = next;
  }
}

}  // namespace

void optimize(Code& code) {
  shorten_jumps(code);
  fuse(code);
}

}  // namespace gilbench
