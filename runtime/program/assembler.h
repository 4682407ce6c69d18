// Writes one Code's words: labels, line table, handler regions and the operand stack's height.
//
// The height is followed as instructions are written: a label learns it from the first jump to it,
// and every other way there must agree. After an instruction that ends the flow nothing is written
// until a label that something jumps to is bound, so unreachable code never gets into a Program.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/program/opcodes.h"
#include "runtime/program/program.h"

namespace gilbench {

class Assembler {
 public:
  using Label = std::uint32_t;
  using Region = std::uint32_t;

  void set_line(std::uint32_t line) { line_ = line; }
  std::uint32_t line() const { return line_; }
  bool reachable() const { return reachable_; }
  // The index of the next word.
  std::uint32_t position() const { return static_cast<std::uint32_t>(words_.size()); }

  void emit(Opcode opcode, std::uint32_t argument = 0, std::uint32_t second = 0);

  Label new_label();
  void bind(Label label);
  // A jump forward to a label bound later, or with JUMP_BACK to one bound before.
  void jump(Opcode opcode, Label label);

  // A region is the code guarded by one handler. It starts at once; code that leaves it early (the
  // copy of a `finally` body before a `return`) is cut out by pausing it. Its handler finds the
  // stack as it is now, less the topmost `dropped` values.
  Region open_region(int dropped = 0);
  void pause(Region region);
  void resume(Region region);
  // Starts the handler of a paused region: the stack is cut to the region's depth, plus the
  // exception. Unreachable where the region turned out to hold no code.
  void bind_handler(Region region);

  // Patches jumps, adds superinstructions and moves the result into `code`.
  void finish(Code& code);

 private:
  struct LabelState {
    std::int64_t position = -1;
    int height = -1;
    std::vector<std::uint32_t> jumps;  // words that wait for the position
  };
  struct RegionState {
    std::uint32_t start = 0;
    std::uint32_t depth = 0;
    bool is_open = true;
    std::vector<std::size_t> fragments;  // indexes into handlers_
  };

  void change_height(int effect);
  void meet(LabelState& label, int height);

  std::vector<Word> words_;
  std::vector<std::uint32_t> lines_;
  std::vector<Handler> handlers_;
  std::vector<LabelState> labels_;
  std::vector<RegionState> regions_;
  std::uint32_t line_ = 1;
  bool reachable_ = true;
  int height_ = 0;
  int greatest_height_ = 0;
};

// Shortens chains of jumps and puts superinstructions over the pairs that opcodes.h lists.
void optimize(Code& code);

}  // namespace gilbench
