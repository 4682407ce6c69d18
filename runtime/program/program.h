// A compiled program: immutable after compile(), shared by every strategy, world and thread.
//
// It knows nothing of objects: constants are plain data that each world turns into objects of its
// own once, and inline caches live in each thread, numbered here by cache site. So no strategy ever
// writes to a Program, and forked workers share its pages.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "runtime/program/opcodes.h"
#include "runtime/support/exit_status.h"

namespace gilbench {

struct Constant;

struct NoneConstant {
  bool operator==(const NoneConstant&) const = default;
};
struct EllipsisConstant {
  bool operator==(const EllipsisConstant&) const = default;
};
// An integer that does not fit 64 bits: decimal digits, or 0x and hexadecimal digits where it is
// longer than 14,000 bits (decimal ones would take quadratic time); '-' in front where negative.
struct BigConstant {
  std::string digits;
  bool operator==(const BigConstant&) const = default;
};
struct BytesConstant {
  std::string bytes;
  bool operator==(const BytesConstant&) const = default;
};
// Indexes into Program::constants.
struct TupleConstant {
  std::vector<std::uint32_t> items;
  bool operator==(const TupleConstant&) const = default;
};

// A str constant is UTF-8.
struct Constant {
  std::variant<NoneConstant, bool, std::int64_t, BigConstant, double, std::string, BytesConstant,
               TupleConstant, EllipsisConstant>
      value;
};

// One region of code guarded by a handler: words [start, end). Entered by an error raised there
// with the operand stack cut to `depth` values, then the exception pushed. Listed innermost first.
struct Handler {
  std::uint32_t start;
  std::uint32_t end;
  std::uint32_t target;
  std::uint32_t depth;
};

// A list, set or dict comprehension, which runs inside its code: words [start, end). CPython 3.11
// gives it a frame of its own, which tracebacks show below the code's: the code at `line`, then
// `name` at the failing line. Listed outermost first.
struct Comprehension {
  std::uint32_t start;
  std::uint32_t end;
  std::uint32_t line;                  // where the comprehension begins
  std::uint32_t name;                  // constant index: "<listcomp>", "<setcomp>", "<dictcomp>"
  std::vector<std::uint32_t> slots{};  // of its own variables
};

// One function body, class body or the module itself.
//
// Slots, in this order: positional parameters, keyword-only parameters, *args, **kwargs, other
// local variables, and last the free variables (cells that the function's closure hands over on
// entry). A parameter or variable that an inner function uses is turned into a cell by MAKE_CELL.
struct Code {
  std::string name;            // "f", "<module>", "<lambda>", "<genexpr>"
  std::string qualified_name;  // "C.f", "f.<locals>.g"
  std::uint32_t first_line = 1;
  std::uint32_t docstring = 0;              // constant index of a function's docstring, or of None
  std::uint32_t positional_count = 0;       // parameters that may be passed by position
  std::uint32_t positional_only_count = 0;  // of these, the first ones that may not be named
  std::uint32_t keyword_only_count = 0;
  bool has_varargs = false;
  bool has_varkeywords = false;
  bool is_generator = false;
  bool is_class_body = false;
  std::uint32_t slot_count = 0;
  std::uint32_t free_count = 0;           // the last slots, filled from the closure
  std::uint32_t stack_size = 0;           // the operand stack's greatest height
  std::vector<std::uint32_t> slot_names;  // constant index of each slot's name
  std::vector<Word> words;
  std::vector<std::uint32_t> lines;  // the source line of each word
  std::vector<Handler> handlers;
  std::vector<Comprehension> comprehensions;
};

// A place in the code that may cache a lookup: its name, as a constant's index. Each site belongs
// to one instruction, so a thread's cache is an array indexed by site.
struct CacheSite {
  std::uint32_t name;
};

struct Program {
  std::string path;                 // as in tracebacks
  std::vector<Code> codes;          // codes[0] is the module
  std::vector<Constant> constants;  // no two the same (value and type)
  std::vector<CacheSite> cache_sites;
  std::vector<std::string> source_lines;  // for tracebacks; may be empty
};

// What keeps a file from becoming a Program: it is missing, has a syntax error, or uses a construct
// that is not supported. what() is "FILE:LINE: reason".
struct ProgramError : SourceError {
  using SourceError::SourceError;
};

// Compiles the tree that ast_to_json.py prints (a JSON document). Throws ProgramError.
std::shared_ptr<const Program> compile(const std::string& tree_json, const std::string& path);

// Compiles a Python file: runs `python3 ast_to_json.py FILE` for the tree. Throws ProgramError.
std::shared_ptr<const Program> compile_file(const std::string& path);

// The instructions of every code as text, for tests and for the curious.
std::string disassemble(const Program& program);
// One of them, as there: "LINE  INDEX  NAME ARGUMENT (what it stands for)".
std::string disassemble_one(const Program& program, const Code& code, std::size_t index);

}  // namespace gilbench
