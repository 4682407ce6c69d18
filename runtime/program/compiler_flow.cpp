// Conditions, loops, return, try and with: everything that leaves a block early or catches what
// does.
//
// A `finally` body is written once for each way out: falling off the end, an error, and every
// `return`, `break` or `continue` that passes it. While a way out is written, the regions it has
// left are paused, so that an error in it goes to the handlers further out.
//
// The exception being handled lies on the stack from PUSH_HANDLED to POP_HANDLED, and all code
// between is guarded by a cleanup region whose handler pops it: the two are always paired.
#include "runtime/program/compiler.h"
#include "runtime/program/fold.h"

namespace gilbench {

void Compiler::if_statement(const Node& node) {
  const NodeList& otherwise = node.list(Field::kOrelse);
  const Label next = out().new_label();
  jump_if(node.at(Field::kTest), next, false);
  statements(node.list(Field::kBody));
  if (otherwise.empty()) return out().bind(next);
  const Label end = out().new_label();
  out().jump(Opcode::JUMP, end);
  out().bind(next);
  statements(otherwise);
  out().bind(end);
}

void Compiler::while_loop(const Node& node) {
  const Label start = out().new_label();
  const Label otherwise = out().new_label();
  const Label end = out().new_label();
  out().bind(start);
  jump_if(node.at(Field::kTest), otherwise, false);
  unit_->blocks.push_back({Block::kWhile, &node, start, end});
  statements(node.list(Field::kBody));
  unit_->blocks.pop_back();
  out().jump(Opcode::JUMP_BACK, start);
  out().bind(otherwise);
  statements(node.list(Field::kOrelse));
  out().bind(end);
}

void Compiler::for_loop(const Node& node) {
  const Label start = out().new_label();
  const Label otherwise = out().new_label();
  const Label end = out().new_label();
  iterable(node.at(Field::kIter));
  emit(Opcode::GET_ITER);
  out().bind(start);
  out().jump(Opcode::FOR_ITER, otherwise);
  unit_->blocks.push_back({Block::kFor, &node, start, end});
  store(node.at(Field::kTarget));
  statements(node.list(Field::kBody));
  unit_->blocks.pop_back();
  out().jump(Opcode::JUMP_BACK, start);
  out().bind(otherwise);
  statements(node.list(Field::kOrelse));
  out().bind(end);
}

void Compiler::leave_loop(const Node& node, bool is_break) {
  const auto& blocks = unit_->blocks;
  std::size_t depth = blocks.size();
  while (depth > 0 && blocks[depth - 1].kind != Block::kWhile &&
         blocks[depth - 1].kind != Block::kFor) {
    --depth;
  }
  if (depth == 0) {
    diagnostics_.syntax_error(
        node.line, is_break ? "'break' outside loop" : "'continue' not properly in loop");
  }
  const Block loop = blocks[depth - 1];
  const std::vector<Region> paused = unwind(depth, false);
  if (is_break && loop.kind == Block::kFor) emit(Opcode::POP);
  if (is_break) {
    out().jump(Opcode::JUMP, loop.end);
  } else {
    out().jump(Opcode::JUMP_BACK, loop.start);
  }
  resume(paused);
}

void Compiler::return_statement(const Node& node) {
  if (unit_->scope->kind != ScopeKind::kFunction) {
    diagnostics_.syntax_error(node.line, "'return' outside function");
  }
  const Node* value = node.find(Field::kValue);
  const auto constant = value != nullptr ? fold(*value) : Literal{NoneConstant{}};
  if (!constant) expression(*value);
  const std::vector<Region> paused = unwind(0, !constant);
  if (constant) emit_constant(*constant);
  emit(Opcode::RETURN);
  resume(paused);
}

// Writes what must happen on the way out of the blocks above `depth`, innermost first. The caller
// writes the jump itself and then resumes the regions given back. With `keep_value` the topmost
// value goes along.
std::vector<Assembler::Region> Compiler::unwind(std::size_t depth, bool keep_value) {
  std::vector<Block>& blocks = unit_->blocks;
  const std::vector<Block> left(blocks.begin() + static_cast<std::ptrdiff_t>(depth), blocks.end());
  std::vector<Region> paused;
  for (auto block = left.rbegin(); block != left.rend(); ++block) {
    blocks.pop_back();
    for (auto region = block->regions.rbegin(); region != block->regions.rend(); ++region) {
      out().pause(*region);
      paused.push_back(*region);
    }
    leave_block(*block, keep_value);
  }
  blocks.insert(blocks.end(), left.begin(), left.end());
  return paused;
}

void Compiler::resume(const std::vector<Region>& paused) {
  for (auto region = paused.rbegin(); region != paused.rend(); ++region) out().resume(*region);
}

void Compiler::leave_block(const Block& block, bool keep_value) {
  switch (block.kind) {
    case Block::kWhile:
    case Block::kTry:
      return;
    case Block::kFor:
    case Block::kReturnValue:
      if (keep_value) emit(Opcode::SWAP, 2);
      return emit(Opcode::POP);
    case Block::kFinallyTry:
      if (keep_value) unit_->blocks.push_back({Block::kReturnValue});
      statements(block.node->list(Field::kFinalbody));
      if (keep_value) unit_->blocks.pop_back();
      return;
    case Block::kFinallyEnd:
      if (keep_value) emit(Opcode::SWAP, 2);
      return emit(Opcode::POP_HANDLED);
    case Block::kWith: {
      LineOf line(*this, block.node->line);
      if (keep_value) emit(Opcode::SWAP, 2);
      return call_exit_without_error();
    }
    case Block::kHandler:
      if (keep_value) emit(Opcode::SWAP, 2);
      emit(Opcode::POP_HANDLED);
      return forget_name(*block.node);
  }
}

// Ends a cleanup region whose code is done with the exception on the stack, by raising that again.
void Compiler::reraise_handled(Region cleanup) {
  out().pause(cleanup);
  emit(Opcode::COPY, 1);
  emit(Opcode::POP_HANDLED);
  emit(Opcode::RERAISE);
}

// The handler of a cleanup region: an error has come up while another was being handled.
void Compiler::end_handled_by_error(Region cleanup) {
  out().bind_handler(cleanup);
  emit(Opcode::SWAP, 2);
  emit(Opcode::POP_HANDLED);
  emit(Opcode::RERAISE);
}

void Compiler::try_statement(const Node& node) {
  if (node.list(Field::kFinalbody).empty()) return try_except(node);
  try_finally(node);
}

void Compiler::try_finally(const Node& node) {
  const Label end = out().new_label();
  const Region body = out().open_region();
  unit_->blocks.push_back({Block::kFinallyTry, &node, 0, 0, {body}});
  if (node.list(Field::kHandlers).empty()) {
    statements(node.list(Field::kBody));
  } else {
    try_except(node);
  }
  unit_->blocks.pop_back();
  out().pause(body);
  statements(node.list(Field::kFinalbody));
  out().jump(Opcode::JUMP, end);

  out().bind_handler(body);
  emit(Opcode::PUSH_HANDLED);
  const Region cleanup = out().open_region();
  unit_->blocks.push_back({Block::kFinallyEnd, &node, 0, 0, {cleanup}});
  statements(node.list(Field::kFinalbody));
  unit_->blocks.pop_back();
  reraise_handled(cleanup);
  end_handled_by_error(cleanup);
  out().bind(end);
}

void Compiler::try_except(const Node& node) {
  const NodeList& handlers = node.list(Field::kHandlers);
  const Label end = out().new_label();
  const Region body = out().open_region();
  unit_->blocks.push_back({Block::kTry, &node, 0, 0, {body}});
  statements(node.list(Field::kBody));
  unit_->blocks.pop_back();
  out().pause(body);
  statements(node.list(Field::kOrelse));
  out().jump(Opcode::JUMP, end);

  out().bind_handler(body);
  emit(Opcode::PUSH_HANDLED);
  const Region cleanup = out().open_region();
  for (const auto& handler : handlers) {
    if (handler->find(Field::kType) == nullptr && handler != handlers.back()) {
      diagnostics_.syntax_error(handler->line, "default 'except:' must be last");
    }
    except_clause(*handler, cleanup, end);
  }
  reraise_handled(cleanup);
  end_handled_by_error(cleanup);
  out().bind(end);
}

void Compiler::except_clause(const Node& handler, Region cleanup, Label end) {
  out().set_line(handler.line);
  const Label next = out().new_label();
  if (const Node* type = handler.find(Field::kType)) {
    expression(*type);
    emit(Opcode::MATCH_EXCEPTION);
    out().jump(Opcode::JUMP_IF_FALSE, next);
  }
  const std::string& name = handler.text(Field::kName);
  Block block{Block::kHandler, &handler, 0, 0, {cleanup}};
  if (!name.empty()) {
    emit(Opcode::COPY, 1);
    store_name(name);
    block.regions.push_back(out().open_region());
  }
  unit_->blocks.push_back(block);
  statements(handler.list(Field::kBody));
  unit_->blocks.pop_back();

  if (!name.empty()) out().pause(block.regions.back());
  out().pause(cleanup);
  emit(Opcode::POP_HANDLED);
  forget_name(handler);
  out().jump(Opcode::JUMP, end);
  out().resume(cleanup);
  if (!name.empty()) {
    out().bind_handler(block.regions.back());
    forget_name(handler);
    emit(Opcode::RERAISE);
  }
  out().bind(next);
}

// `except E as name` unbinds the name at the end, whatever has become of it meanwhile.
void Compiler::forget_name(const Node& handler) {
  const std::string& name = handler.text(Field::kName);
  if (name.empty()) return;
  emit_none();
  store_name(name);
  delete_name(name, handler.line);
}

void Compiler::with_statement(const Node& node, std::size_t index) {
  const NodeList& items = node.list(Field::kItems);
  if (index == items.size()) return statements(node.list(Field::kBody));
  const Node& item = *items[index];
  const Label end = out().new_label();
  const Label swallowed = out().new_label();
  expression(item.at(Field::kContextExpr));
  emit(Opcode::ENTER_WITH);
  const Region body = out().open_region(1);  // of [exit, result of enter], an error leaves the exit
  if (const Node* target = item.find(Field::kOptionalVars)) {
    store(*target);
  } else {
    emit(Opcode::POP);
  }
  unit_->blocks.push_back({Block::kWith, &node, 0, 0, {body}});
  with_statement(node, index + 1);
  unit_->blocks.pop_back();
  out().pause(body);
  LineOf line(*this, node.line);
  call_exit_without_error();
  out().jump(Opcode::JUMP, end);

  out().bind_handler(body);
  emit(Opcode::PUSH_HANDLED);
  const Region cleanup = out().open_region();
  emit(Opcode::EXIT_WITH_ERROR);
  out().jump(Opcode::JUMP_IF_TRUE, swallowed);
  reraise_handled(cleanup);
  end_handled_by_error(cleanup);
  out().bind(swallowed);
  emit(Opcode::POP_HANDLED);
  emit(Opcode::POP);  // the bound exit
  out().bind(end);
}

void Compiler::call_exit_without_error() {
  emit(Opcode::PUSH_NULL);
  for (int i = 0; i < 3; ++i) emit_none();
  emit(Opcode::CALL, 3);
  emit(Opcode::POP);
}

}  // namespace gilbench
