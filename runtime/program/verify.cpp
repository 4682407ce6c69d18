// Follows every path through a code with two numbers, the height of the operand stack and the
// exceptions being handled: paths that meet must agree on both.
#include "runtime/program/verify.h"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/program/stack_effect.h"

namespace gilbench {
namespace {

// What is known at the start of an instruction.
struct State {
  int height = 0;
  int handled = 0;  // exceptions that PUSH_HANDLED has set and POP_HANDLED has not
  bool operator==(const State&) const = default;
};

class CodeVerifier {
 public:
  CodeVerifier(const Program& program, std::size_t index, std::vector<bool>& used_sites)
      : program_(program),
        code_(program.codes[index]),
        index_(index),
        used_sites_(used_sites),
        is_instruction_(code_.words.size(), false),
        states_(code_.words.size()) {}

  void verify() {
    check(code_.lines.size() == code_.words.size(), 0, "the line table has another length");
    check(code_.slot_names.size() == code_.slot_count, 0, "a slot has no name");
    check(code_.free_count <= code_.slot_count, 0, "more free variables than slots");
    find_instructions();
    for (std::size_t i = 0; i < code_.words.size(); i = next_of(i)) check_operands(i);
    for (const Handler& handler : code_.handlers) check_handler(handler);
    flow_to(0, 0, State{});
    while (!pending_.empty()) {
      const std::size_t word = pending_.back();
      pending_.pop_back();
      follow(word);
    }
    check(greatest_height_ <= static_cast<int>(code_.stack_size), 0,
          "the stack grows beyond stack_size");
  }

 private:
  void check(bool holds, std::size_t word, const std::string& fault) const {
    if (holds) return;
    throw std::logic_error("codes[" + std::to_string(index_) + "] " + code_.qualified_name +
                           " word " + std::to_string(word) + ": " + fault);
  }

  std::size_t next_of(std::size_t word) const {
    const auto opcode = static_cast<std::size_t>(opcode_of(code_.words[word]));
    check(opcode < kOpcodeCount, word, "no such opcode");
    return word + static_cast<std::size_t>(kOpcodeInfo[opcode].words);
  }

  void find_instructions() {
    std::size_t word = 0;
    while (word < code_.words.size()) {
      is_instruction_[word] = true;
      word = next_of(word);
    }
    check(word == code_.words.size(), word, "the last instruction is cut off");
  }

  bool is_instruction(std::size_t word) const {
    return word < is_instruction_.size() && is_instruction_[word];
  }

  void check_handler(const Handler& handler) const {
    check(is_instruction(handler.start), handler.start, "a handler starts nowhere");
    check(handler.end == code_.words.size() || is_instruction(handler.end), handler.end,
          "a handler ends nowhere");
    check(handler.start < handler.end, handler.start, "an empty handler");
    check(is_instruction(handler.target), handler.target, "a handler leads nowhere");
  }

  void check_operands(std::size_t word) {
    const Opcode opcode = opcode_of(code_.words[word]);
    const std::uint32_t argument = argument_of(code_.words[word]);
    if (is_jump(opcode)) check(is_instruction(argument), word, "a jump leads nowhere");
    if (opcode == Opcode::JUMP_BACK) check(argument <= word, word, "JUMP_BACK leads forward");
    if (is_jump(opcode) && opcode != Opcode::JUMP_BACK) {
      check(argument > word, word, "a jump leads backward");
    }
    if (has_cache_site(opcode)) {
      check(argument < program_.cache_sites.size(), word, "no such cache site");
      check(!used_sites_[argument], word, "a cache site has two users");
      used_sites_[argument] = true;
    }
    switch (first_of(opcode)) {
      case Opcode::LOAD_LOCAL:
      case Opcode::STORE_LOCAL:
      case Opcode::DELETE_LOCAL:
      case Opcode::MAKE_CELL:
      case Opcode::LOAD_CELL:
      case Opcode::STORE_CELL:
      case Opcode::DELETE_CELL:
      case Opcode::LOAD_CLOSURE:
        return check(argument < code_.slot_count, word, "no such slot");
      case Opcode::LOAD_CONST:
      case Opcode::BUILD_CLASS:
      case Opcode::IMPORT:
      case Opcode::IMPORT_FROM:
        return check(argument < program_.constants.size(), word, "no such constant");
      case Opcode::CALL_KEYWORDS:
        return check(code_.words[word + 1] < program_.constants.size(), word, "no such constant");
      case Opcode::MAKE_FUNCTION:
        return check(argument < program_.codes.size(), word, "no such code");
      default:
        return;
    }
  }

  void flow_to(std::size_t from, std::size_t word, State state) {
    check(is_instruction(word), from, "flow runs off the end");
    check(state.height >= 0, from, "the stack runs below empty");
    check(state.handled >= 0, from, "POP_HANDLED without PUSH_HANDLED");
    greatest_height_ = std::max(greatest_height_, state.height);
    if (!states_[word]) {
      states_[word] = state;
      pending_.push_back(word);
    }
    check(states_[word]->height == state.height, word, "two stack heights meet");
    check(states_[word]->handled == state.handled, word, "two counts of handled errors meet");
  }

  // The innermost handler is entered with what is beneath its depth: every instruction it guards
  // must have that, and the same errors being handled as the others.
  void flow_to_handler(std::size_t word, State state) {
    for (const Handler& handler : code_.handlers) {
      if (word < handler.start || word >= handler.end) continue;
      check(static_cast<int>(handler.depth) <= state.height, word, "a handler is too deep");
      return flow_to(word, handler.target, {static_cast<int>(handler.depth) + 1, state.handled});
    }
    // RERAISE and RAISE out of the code leave nothing half handled.
    const Opcode opcode = opcode_of(code_.words[word]);
    if (opcode == Opcode::RERAISE) check(state.handled == 0, word, "a handled error is left over");
  }

  void follow(std::size_t word) {
    const Opcode opcode = opcode_of(code_.words[word]);
    const std::uint32_t argument = argument_of(code_.words[word]);
    const std::size_t next = next_of(word);
    const std::uint32_t second = next > word + 1 ? code_.words[word + 1] : 0;
    const State before = *states_[word];
    State after = before;
    after.height += stack_effect(opcode, argument, second);
    if (opcode == Opcode::PUSH_HANDLED) ++after.handled;
    if (opcode == Opcode::POP_HANDLED) --after.handled;
    if (can_raise(opcode)) {
      // A handler may not count on what the instruction pops.
      flow_to_handler(word, {std::min(before.height, after.height), before.handled});
    }
    if (is_jump(opcode)) {
      State taken = before;
      taken.height += jump_effect(opcode);
      flow_to(word, argument, taken);
    }
    if (opcode == Opcode::RETURN) {
      check(after.height == 0, word, "values are left on the stack");
      check(after.handled == 0, word, "a handled error is left over");
    }
    if (ends_flow(opcode)) return check(after.height >= 0, word, "the stack runs below empty");
    // A superinstruction goes on behind what it stands for; the words there are checked as
    // themselves.
    if (const Opcode first = first_of(opcode); first != opcode) {
      check(is_instruction(next), word, "half a superinstruction");
      after = before;
      after.height += stack_effect(first, argument, 0);
    }
    flow_to(word, next, after);
  }

  const Program& program_;
  const Code& code_;
  std::size_t index_;
  std::vector<bool>& used_sites_;
  std::vector<bool> is_instruction_;
  std::vector<std::optional<State>> states_;
  std::vector<std::size_t> pending_;
  int greatest_height_ = 0;
};

}  // namespace

void verify(const Program& program) {
  std::vector<bool> used_sites(program.cache_sites.size(), false);
  for (std::size_t i = 0; i < program.codes.size(); ++i) {
    CodeVerifier(program, i, used_sites).verify();
  }
}

}  // namespace gilbench
