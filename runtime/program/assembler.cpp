// A jump to a label that is not bound yet is patched when the code is finished. Two heights that
// disagree are a fault of the compiler and throw std::logic_error.
#include "runtime/program/assembler.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "runtime/program/stack_effect.h"

namespace gilbench {

void Assembler::change_height(int effect) {
  height_ += effect;
  if (height_ < 0) throw std::logic_error("compiler: operand stack below empty");
  greatest_height_ = std::max(greatest_height_, height_);
}

void Assembler::emit(Opcode opcode, std::uint32_t argument, std::uint32_t second) {
  if (!reachable_) return;
  if (argument > kMaxArgument) throw std::logic_error("compiler: argument beyond 24 bits");
  words_.push_back(make_word(opcode, argument));
  lines_.push_back(line_);
  if (kOpcodeInfo[static_cast<std::size_t>(opcode)].words == 2) {
    words_.push_back(second);
    lines_.push_back(line_);
  }
  change_height(stack_effect(opcode, argument, second));
  if (ends_flow(opcode)) reachable_ = false;
}

Assembler::Label Assembler::new_label() {
  labels_.emplace_back();
  return static_cast<Label>(labels_.size() - 1);
}

void Assembler::meet(LabelState& label, int height) {
  if (label.height >= 0 && label.height != height) {
    throw std::logic_error("compiler: two stack heights meet at a label");
  }
  label.height = height;
}

void Assembler::bind(Label label) {
  LabelState& state = labels_[label];
  if (reachable_) meet(state, height_);
  if (state.height >= 0) {
    reachable_ = true;
    height_ = state.height;
  }
  state.position = position();
}

void Assembler::jump(Opcode opcode, Label label) {
  if (!reachable_) return;
  LabelState& state = labels_[label];
  meet(state, height_ + jump_effect(opcode));
  if (state.position < 0) {
    state.jumps.push_back(position());
    emit(opcode, 0);
  } else {
    emit(opcode, static_cast<std::uint32_t>(state.position));
  }
}

Assembler::Region Assembler::open_region(int dropped) {
  RegionState region;
  region.start = position();
  region.depth = static_cast<std::uint32_t>(height_ - dropped);
  regions_.push_back(std::move(region));
  return static_cast<Region>(regions_.size() - 1);
}

void Assembler::pause(Region region) {
  RegionState& state = regions_[region];
  if (!state.is_open) throw std::logic_error("compiler: a region ends twice");
  state.is_open = false;
  if (state.start == position()) return;
  state.fragments.push_back(handlers_.size());
  handlers_.push_back({state.start, position(), 0, state.depth});
}

void Assembler::resume(Region region) {
  regions_[region].start = position();
  regions_[region].is_open = true;
}

void Assembler::bind_handler(Region region) {
  const RegionState& state = regions_[region];
  if (reachable_) throw std::logic_error("compiler: flow falls into a handler");
  if (state.fragments.empty()) return;
  for (const std::size_t fragment : state.fragments) handlers_[fragment].target = position();
  reachable_ = true;
  height_ = static_cast<int>(state.depth);
  change_height(+1);
}

void Assembler::finish(Code& code) {
  if (reachable_) throw std::logic_error("compiler: flow runs off the end of a code");
  for (const LabelState& label : labels_) {
    for (const std::uint32_t jump : label.jumps) {
      if (label.position < 0) throw std::logic_error("compiler: a jump to nowhere");
      words_[jump] = make_word(opcode_of(words_[jump]), static_cast<std::uint32_t>(label.position));
    }
  }
  code.words = std::move(words_);
  code.lines = std::move(lines_);
  code.handlers = std::move(handlers_);
  code.stack_size = static_cast<std::uint32_t>(greatest_height_);
  optimize(code);
}

}  // namespace gilbench
