// What the assembler improves once a Code stands: jumps to jumps, and superinstructions.
#include <algorithm>
#include <iterator>
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

// The superinstruction for two neighbours; NOP where there is none. Branches first: they borrow.
Opcode fused(Opcode first, Opcode second) {
  if (first == Opcode::LOAD_LOCAL && second == Opcode::LOAD_LOCAL) return Opcode::LOAD_LOCAL_LOCAL;
  if (first == Opcode::LOAD_LOCAL && second == Opcode::LOAD_CONST) return Opcode::LOAD_LOCAL_CONST;
  if (first == Opcode::STORE_LOCAL && second == Opcode::LOAD_LOCAL) return Opcode::STORE_LOAD_LOCAL;
  if (first == Opcode::FOR_ITER && second == Opcode::STORE_LOCAL) return Opcode::FOR_ITER_STORE;
  if (first == Opcode::LOAD_GLOBAL && second == Opcode::PUSH_NULL) return Opcode::LOAD_GLOBAL_NULL;
  return Opcode::NOP;
}
Opcode fused_branch(Opcode first, Opcode second) {
  const bool fuses = is_comparison(first) && second == Opcode::JUMP_IF_FALSE;
  return fuses ? with_branch(first) : Opcode::NOP;
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

// Puts superinstructions for pairs in.
void fuse_pairs(Code& code, const std::vector<bool>& is_border,
                Opcode fused_of(Opcode first, Opcode second)) {
  for (std::size_t i = 0; i < code.words.size();) {
    const std::size_t next = i + words_of(code.words[i]);
    if (next < code.words.size() && !is_border[next]) {
      const Opcode pair = fused_of(opcode_of(code.words[i]), opcode_of(code.words[next]));
      if (pair != Opcode::NOP) {
        code.words[i] = make_word(pair, argument_of(code.words[i]));
        i = next + 1;
        continue;
      }
    }
    i = next;
  }
}

// Of the instructions of a code, the operators that borrow what is loaded just before them: puts
// their forms over the first of those loads.
class Borrowing {
 public:
  Borrowing(Code& code, const std::vector<bool>& is_border) : code_(code), is_border_(is_border) {
    for (std::size_t i = 0; i < code.words.size(); i += words_of(code.words[i])) {
      starts_.push_back(i);
    }
  }
  void run() {
    for (std::size_t i = 0; i < starts_.size(); ++i) {
      const auto* const borrower = std::find(std::begin(kBorrowers), std::end(kBorrowers), at(i));
      if (borrower != std::end(kBorrowers)) {
        borrow_operands(i, static_cast<std::size_t>(borrower - std::begin(kBorrowers)));
      } else {
        borrow_object(i);
      }
    }
  }

 private:
  Opcode at(std::size_t i) const { return opcode_of(code_.words[starts_[i]]); }
  // Whether the instruction before is that one, and nothing comes between them.
  bool follows(std::size_t i, Opcode before) const {
    return i > 0 && !is_border_[starts_[i]] && at(i - 1) == before;
  }
  void put(Opcode form, std::size_t i) {
    Word& word = code_.words[starts_[i]];
    word = make_word(form, argument_of(word));
  }

  void borrow_operands(std::size_t i, std::size_t borrower) {
    const bool is_local = follows(i, Opcode::LOAD_LOCAL);
    if (!is_local && !follows(i, Opcode::LOAD_CONST)) return;
    if (follows(i - 1, Opcode::LOAD_LOCAL)) {
      put(borrowing_form(borrower, is_local ? Borrowed::kLocalLocal : Borrowed::kLocalConst),
          i - 2);
    } else {
      put(borrowing_form(borrower, is_local ? Borrowed::kLocal : Borrowed::kConst), i - 1);
    }
  }
  // The object whose attribute or item is asked for or set.
  void borrow_object(std::size_t i) {
    if (!follows(i, Opcode::LOAD_LOCAL)) return;
    if (at(i) == Opcode::LOAD_ATTR) return put(Opcode::LOAD_ATTR_L, i - 1);
    if (at(i) == Opcode::STORE_ATTR) return put(Opcode::STORE_ATTR_L, i - 1);
    if (at(i) == Opcode::STORE_SUBSCRIPT && follows(i - 1, Opcode::LOAD_LOCAL)) {
      put(Opcode::STORE_SUBSCRIPT_LL, i - 2);
    }
  }

  Code& code_;
  const std::vector<bool>& is_border_;
  std::vector<std::size_t> starts_;  // the first word of each instruction
};

void fuse(Code& code) {
  const std::vector<bool> is_border = borders(code);
  fuse_pairs(code, is_border, fused_branch);
  Borrowing(code, is_border).run();
  fuse_pairs(code, is_border, fused);
}

}  // namespace

void optimize(Code& code) {
  shorten_jumps(code);
  fuse(code);
}

}  // namespace gilbench
