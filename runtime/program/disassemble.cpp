// A Program as text: each instruction with its line, its argument and what that stands for; then
// the handlers.
#include <charconv>
#include <string>

#include "runtime/program/program.h"
#include "runtime/program/stack_effect.h"

namespace gilbench {
namespace {

std::string quoted(const std::string& text, const char* prefix) {
  std::string result = prefix;
  result += '\'';
  for (const char character : text) {
    if (character == '\n') {
      result += "\\n";
    } else if (character == '\'' || character == '\\') {
      result += '\\';
      result += character;
    } else {
      result += character;
    }
  }
  return result + '\'';
}

std::string constant_text(const Program& program, std::uint32_t index) {
  struct Visitor {
    const Program& program;
    std::string operator()(const NoneConstant&) const { return "None"; }
    std::string operator()(bool value) const { return value ? "True" : "False"; }
    std::string operator()(std::int64_t value) const { return std::to_string(value); }
    std::string operator()(const BigConstant& value) const { return value.digits; }
    std::string operator()(double value) const {
      char text[32];
      const auto end = std::to_chars(text, text + sizeof(text), value).ptr;
      std::string result(text, end);
      return result.find_first_of(".en") == std::string::npos ? result + ".0" : result;
    }
    std::string operator()(const std::string& value) const { return quoted(value, ""); }
    std::string operator()(const BytesConstant& value) const { return quoted(value.bytes, "b"); }
    std::string operator()(const TupleConstant& value) const {
      std::string result = "(";
      for (const std::uint32_t item : value.items) {
        if (result.size() > 1) result += ", ";
        result += constant_text(program, item);
      }
      return result + (value.items.size() == 1 ? ",)" : ")");
    }
    std::string operator()(const EllipsisConstant&) const { return "Ellipsis"; }
  };
  return std::visit(Visitor{program}, program.constants.at(index).value);
}

// What the argument stands for; empty where the number says it all.
std::string meaning(const Program& program, const Code& code, Opcode opcode, std::uint32_t argument,
                    std::uint32_t second) {
  if (has_cache_site(opcode)) {
    return constant_text(program, program.cache_sites.at(argument).name);
  }
  switch (first_of(opcode)) {
    case Opcode::LOAD_CONST:
    case Opcode::BUILD_CLASS:
    case Opcode::IMPORT:
    case Opcode::IMPORT_FROM:
      return constant_text(program, argument);
    case Opcode::LOAD_LOCAL:
    case Opcode::STORE_LOCAL:
    case Opcode::DELETE_LOCAL:
    case Opcode::MAKE_CELL:
    case Opcode::LOAD_CELL:
    case Opcode::STORE_CELL:
    case Opcode::DELETE_CELL:
    case Opcode::LOAD_CLOSURE:
      return constant_text(program, code.slot_names.at(argument));
    case Opcode::CALL_KEYWORDS:
      return constant_text(program, second);
    case Opcode::MAKE_FUNCTION:
      return program.codes.at(argument).qualified_name + " flags " + std::to_string(second);
    default:
      return "";
  }
}

const OpcodeInfo& info_at(const Code& code, std::size_t index) {
  return kOpcodeInfo[static_cast<std::size_t>(opcode_of(code.words[index]))];
}

void append_code(const Program& program, const Code& code, std::string& text) {
  text += code.qualified_name + " (slots " + std::to_string(code.slot_count) + ", free " +
          std::to_string(code.free_count) + ", stack " + std::to_string(code.stack_size) + ")\n";
  std::size_t width = 1;
  for (std::size_t i = 0; i < code.words.size(); i += width) {
    text += "  " + disassemble_one(program, code, i) + '\n';
    width = static_cast<std::size_t>(info_at(code, i).words);
  }
  for (const Handler& handler : code.handlers) {
    text += "  words " + std::to_string(handler.start) + " to " + std::to_string(handler.end) +
            " handled at " + std::to_string(handler.target) + ", depth " +
            std::to_string(handler.depth) + "\n";
  }
}

}  // namespace

std::string disassemble_one(const Program& program, const Code& code, std::size_t index) {
  const Word word = code.words.at(index);
  const OpcodeInfo& info = info_at(code, index);
  const std::uint32_t argument = argument_of(word);
  const std::string note = meaning(program, code, opcode_of(word), argument,
                                   info.words == 2 ? code.words.at(index + 1) : 0);
  std::string text = std::to_string(code.lines[index]) + "  " + std::to_string(index) + "  " +
                     std::string(info.name) + " " + std::to_string(argument);
  if (!note.empty()) text += " (" + note + ")";
  return text;
}

std::string disassemble(const Program& program) {
  std::string text;
  for (const Code& code : program.codes) append_code(program, code, text);
  return text;
}

}  // namespace gilbench
