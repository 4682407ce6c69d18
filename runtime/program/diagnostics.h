// How the program layer says no: one line that names file, line and reason.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/program/program.h"

namespace gilbench {

struct Diagnostics {
  std::string path;

  [[noreturn]] void fail(std::uint32_t line, std::string_view reason) const {
    throw ProgramError(path + ":" + std::to_string(line) + ": " + std::string(reason));
  }

  // A construct of Python that this runtime leaves out: "async def", "a match statement".
  [[noreturn]] void unsupported(std::uint32_t line, std::string_view construct) const {
    fail(line, std::string(construct) + " is not supported");
  }

  // What CPython's compiler refuses after its parser has accepted the file, in CPython's words.
  [[noreturn]] void syntax_error(std::uint32_t line, std::string_view message) const {
    fail(line, "SyntaxError: " + std::string(message));
  }
};

}  // namespace gilbench
