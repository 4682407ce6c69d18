// The instruction set, listed once: the enum, the dispatch table, the disassembler and the stack
// checker are all made from GILBENCH_OPCODES.
//
// An instruction is one 32-bit word: the opcode in the low 8 bits, an unsigned argument in the
// upper
// 24. A few instructions own a second word (`words` = 2) that holds a plain 32-bit argument.
//
// Columns: name, words, stack effect with the jump not taken (kVaries: see stack_effect()), and
// what happens to the operand stack, written `before -- after` with the top on the right.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string_view>

namespace gilbench {

inline constexpr int kVaries = 127;

// clang-format off
/* Forms of an operator whose operands are locals or constants that are loaded just before it: they are
   read where they are, without a reference of their own on the operand stack. `effect`: the
   operator's. In the order of Borrowed. */
#define GILBENCH_BORROWING_FORMS(OP, NAME, effect)                                                  \
  OP(NAME##_L,          1, effect + 1, "LOAD_LOCAL " #NAME)                                        \
  OP(NAME##_C,          1, effect + 1, "LOAD_CONST " #NAME)                                        \
  OP(NAME##_LL,         1, effect + 2, "LOAD_LOCAL LOAD_LOCAL " #NAME)                             \
  OP(NAME##_LC,         1, effect + 2, "LOAD_LOCAL LOAD_CONST " #NAME)

#define GILBENCH_OPCODES(OP)                                                                       \
  /* Moving values. Slots are the frame's locals: parameters, variables, cells, free variables. */ \
  OP(NOP,               1,  0, "--")                                                               \
  OP(LOAD_CONST,        1, +1, "-- constant[arg]")                                                 \
  OP(LOAD_LOCAL,        1, +1, "-- slot[arg]; UnboundLocalError if empty")                         \
  OP(STORE_LOCAL,       1, -1, "value --")                                                         \
  OP(DELETE_LOCAL,      1,  0, "--; UnboundLocalError if empty")                                   \
  OP(MAKE_CELL,         1,  0, "--; slot[arg] becomes a new cell holding what the slot held")      \
  OP(LOAD_CELL,         1, +1, "-- the value in the cell at slot[arg]; NameError if empty")        \
  OP(STORE_CELL,        1, -1, "value --; into the cell at slot[arg]")                             \
  OP(DELETE_CELL,       1,  0, "--; empties the cell at slot[arg]; NameError if empty")            \
  OP(LOAD_CLOSURE,      1, +1, "-- the cell itself at slot[arg]")                                  \
  OP(LOAD_GLOBAL,       1, +1, "-- value; arg is a cache site")                                    \
  OP(STORE_GLOBAL,      1, -1, "value --; arg is a cache site")                                    \
  OP(DELETE_GLOBAL,     1,  0, "--; arg is a cache site")                                          \
  OP(LOAD_NAME,         1, +1, "-- value; class body: its namespace, then globals; cache site")    \
  OP(STORE_NAME,        1, -1, "value --; into the class body's namespace; arg is a cache site")   \
  OP(LOAD_ATTR,         1,  0, "object -- value; arg is a cache site")                             \
  OP(STORE_ATTR,        1, -2, "value object --; arg is a cache site")                             \
  OP(DELETE_ATTR,       1, -1, "object --; arg is a cache site")                                   \
  OP(POP,               1, -1, "value --")                                                         \
  OP(COPY,              1, +1, "-- the value arg places down (1 is the top)")                      \
  OP(SWAP,              1,  0, "exchanges the top with the value arg places down (2 is the next)") \
  OP(PUSH_NULL,         1, +1, "-- null; the empty self slot of a call")                           \
  /* Operators. The argument of a binary operator is 1 for the augmented form (`+=`). */           \
  OP(ADD,               1, -1, "a b -- a + b")                                                     \
  OP(SUB,               1, -1, "a b -- a - b")                                                     \
  OP(MUL,               1, -1, "a b -- a * b")                                                     \
  OP(TRUE_DIV,          1, -1, "a b -- a / b")                                                     \
  OP(FLOOR_DIV,         1, -1, "a b -- a // b")                                                    \
  OP(MOD,               1, -1, "a b -- a % b")                                                     \
  OP(POW,               1, -1, "a b -- a ** b")                                                    \
  OP(LSHIFT,            1, -1, "a b -- a << b")                                                    \
  OP(RSHIFT,            1, -1, "a b -- a >> b")                                                    \
  OP(BIT_AND,           1, -1, "a b -- a & b")                                                     \
  OP(BIT_OR,            1, -1, "a b -- a | b")                                                     \
  OP(BIT_XOR,           1, -1, "a b -- a ^ b")                                                     \
  OP(NEGATE,            1,  0, "a -- -a")                                                          \
  OP(POSITIVE,          1,  0, "a -- +a")                                                          \
  OP(INVERT,            1,  0, "a -- ~a")                                                          \
  OP(NOT,               1,  0, "a -- not a")                                                       \
  OP(COMPARE_LT,        1, -1, "a b -- a < b")                                                     \
  OP(COMPARE_LE,        1, -1, "a b -- a <= b")                                                    \
  OP(COMPARE_EQ,        1, -1, "a b -- a == b")                                                    \
  OP(COMPARE_NE,        1, -1, "a b -- a != b")                                                    \
  OP(COMPARE_GT,        1, -1, "a b -- a > b")                                                     \
  OP(COMPARE_GE,        1, -1, "a b -- a >= b")                                                    \
  OP(IS,                1, -1, "a b -- a is b; arg 1: is not")                                     \
  OP(CONTAINS,          1, -1, "a b -- a in b; arg 1: not in")                                     \
  OP(SUBSCRIPT,         1, -1, "object index -- object[index]")                                    \
  OP(STORE_SUBSCRIPT,   1, -3, "value object index --")                                            \
  OP(DELETE_SUBSCRIPT,  1, -2, "object index --")                                                  \
  /* Jumps: the argument is the index of a word in the code. */                                    \
  OP(JUMP,              1,  0, "--; forward")                                                      \
  OP(JUMP_BACK,         1,  0, "--; backward: a checkpoint")                                       \
  OP(JUMP_IF_FALSE,     1, -1, "value --")                                                         \
  OP(JUMP_IF_TRUE,      1, -1, "value --")                                                         \
  OP(JUMP_IF_FALSE_OR_POP, 1, -1, "value -- ; jumps with the value left on the stack")             \
  OP(JUMP_IF_TRUE_OR_POP,  1, -1, "value -- ; jumps with the value left on the stack")             \
  OP(GET_ITER,          1,  0, "iterable -- iterator")                                             \
  OP(FOR_ITER,          1, +1, "iterator -- iterator next; at the end pops it and jumps")          \
  /* Building and taking apart. */                                                                 \
  OP(BUILD_TUPLE,       1, kVaries, "arg values -- tuple")                                         \
  OP(BUILD_LIST,        1, kVaries, "arg values -- list")                                          \
  OP(BUILD_SET,         1, kVaries, "arg values -- set")                                           \
  OP(BUILD_DICT,        1, kVaries, "arg pairs of key and value -- dict")                          \
  OP(BUILD_STRING,      1, kVaries, "arg strings -- their concatenation")                          \
  OP(BUILD_SLICE,       1, kVaries, "start stop [step] -- slice; arg is 2 or 3")                   \
  OP(FORMAT_VALUE,      1, kVaries, "value [spec] -- str; arg & 3: 0 none 1 !s 2 !r 3 !a; arg & 4: spec") \
  OP(LIST_APPEND,       1, -1, "value --; to the list arg places below the value")                 \
  OP(SET_ADD,           1, -1, "value --; to the set arg places below the value")                  \
  OP(DICT_ADD,          1, -2, "key value --; to the dict arg places below the key")               \
  OP(LIST_EXTEND,       1, -1, "iterable --; to the list arg places below the iterable")           \
  OP(SET_UPDATE,        1, -1, "iterable --; to the set arg places below the iterable")            \
  OP(DICT_UPDATE,       1, -1, "mapping --; to the dict arg places below (a display's **)")        \
  OP(DICT_MERGE,        1, -1, "mapping --; as DICT_UPDATE, TypeError on a repeated key (call's **)") \
  OP(LIST_TO_TUPLE,     1,  0, "list -- tuple")                                                    \
  OP(UNPACK,            1, kVaries, "iterable -- arg values, the first on top")                    \
  OP(UNPACK_STAR,       1, kVaries, "iterable -- values, first on top; arg = before + after << 8") \
  /* Calls. Every call has two slots below its arguments: the callable and self (or null). */      \
  OP(LOAD_METHOD,       1, +1, "object -- callable self-or-null; arg is a cache site")             \
  OP(LOAD_SUPER_METHOD, 1,  0, "class self -- callable self-or-null; super().name; cache site")    \
  OP(CALL,              1, kVaries, "callable self-or-null arg values -- result")                  \
  OP(CALL_KEYWORDS,     2, kVaries, "as CALL; word 2: constant with the tuple of the last names")  \
  OP(CALL_SPREAD,       1, kVaries, "callable self-or-null tuple [dict] -- result; arg 1: dict")   \
  OP(RETURN,            1, -1, "value --; ends the frame")                                         \
  OP(YIELD,             1,  0, "value -- sent value; suspends the generator")                      \
  OP(MAKE_FUNCTION,     2, kVaries, "[defaults tuple] [kw defaults dict] [closure tuple] -- function; arg is a code, word 2: 1 | 2 | 4 for what is there") \
  OP(BUILD_CLASS,       1, -1, "body-function base-or-null -- class; arg is the name's constant")  \
  OP(IMPORT,            1, +1, "-- module; arg is the name's constant")                            \
  OP(IMPORT_FROM,       1, +1, "module -- module attribute; arg is the name's constant")           \
  /* Errors. A handler is entered with the stack cut to its depth and the exception pushed. */     \
  OP(RAISE,             1, kVaries, "[exception [cause]] --; arg is how many")                     \
  OP(ASSERT_FAIL,       1, kVaries, "[message] --; raises AssertionError; arg 1: with message")    \
  OP(MATCH_EXCEPTION,   1,  0, "exception class-or-tuple -- exception bool")                       \
  OP(PUSH_HANDLED,      1,  0, "exception -- exception; it is now the one being handled")          \
  OP(POP_HANDLED,       1, -1, "exception --; no longer the one being handled")                    \
  OP(RERAISE,           1, -1, "exception --; raises it again with its traceback")                 \
  OP(ENTER_WITH,        1, +1, "manager -- bound-exit result-of-enter")                            \
  OP(EXIT_WITH_ERROR,   1, +1, "bound-exit exception -- bound-exit exception result-of-exit")      \
  /* Superinstructions, put in by the peephole pass over the first of two or three words. The others \
     stay as they are, so a jump to them still works. */                                              \
  OP(LOAD_LOCAL_LOCAL,  1, +2, "LOAD_LOCAL LOAD_LOCAL")                                            \
  OP(LOAD_LOCAL_CONST,  1, +2, "LOAD_LOCAL LOAD_CONST")                                            \
  OP(STORE_LOAD_LOCAL,  1,  0, "STORE_LOCAL LOAD_LOCAL")                                           \
  OP(FOR_ITER_STORE,    1,  0, "FOR_ITER STORE_LOCAL")                                             \
  OP(LOAD_GLOBAL_NULL,  1, +2, "LOAD_GLOBAL PUSH_NULL")                                            \
  OP(COMPARE_LT_BRANCH, 1, -2, "COMPARE_LT JUMP_IF_FALSE")                                         \
  OP(COMPARE_LE_BRANCH, 1, -2, "COMPARE_LE JUMP_IF_FALSE")                                         \
  OP(COMPARE_EQ_BRANCH, 1, -2, "COMPARE_EQ JUMP_IF_FALSE")                                         \
  OP(COMPARE_NE_BRANCH, 1, -2, "COMPARE_NE JUMP_IF_FALSE")                                         \
  OP(COMPARE_GT_BRANCH, 1, -2, "COMPARE_GT JUMP_IF_FALSE")                                         \
  OP(COMPARE_GE_BRANCH, 1, -2, "COMPARE_GE JUMP_IF_FALSE")                                         \
  OP(LOAD_ATTR_L,       1, +1, "LOAD_LOCAL LOAD_ATTR")                                             \
  OP(STORE_ATTR_L,      1, -1, "LOAD_LOCAL STORE_ATTR")                                            \
  OP(STORE_SUBSCRIPT_LL, 1, -1, "LOAD_LOCAL LOAD_LOCAL STORE_SUBSCRIPT")                           \
  GILBENCH_BORROWING_FORMS(OP, ADD, -1)                                                            \
  GILBENCH_BORROWING_FORMS(OP, SUB, -1)                                                            \
  GILBENCH_BORROWING_FORMS(OP, MUL, -1)                                                            \
  GILBENCH_BORROWING_FORMS(OP, TRUE_DIV, -1)                                                       \
  GILBENCH_BORROWING_FORMS(OP, FLOOR_DIV, -1)                                                      \
  GILBENCH_BORROWING_FORMS(OP, MOD, -1)                                                            \
  GILBENCH_BORROWING_FORMS(OP, LSHIFT, -1)                                                         \
  GILBENCH_BORROWING_FORMS(OP, RSHIFT, -1)                                                         \
  GILBENCH_BORROWING_FORMS(OP, BIT_AND, -1)                                                        \
  GILBENCH_BORROWING_FORMS(OP, BIT_OR, -1)                                                         \
  GILBENCH_BORROWING_FORMS(OP, BIT_XOR, -1)                                                        \
  GILBENCH_BORROWING_FORMS(OP, SUBSCRIPT, -1)                                                      \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_LT_BRANCH, -2)                                              \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_LE_BRANCH, -2)                                              \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_EQ_BRANCH, -2)                                              \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_NE_BRANCH, -2)                                              \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_GT_BRANCH, -2)                                              \
  GILBENCH_BORROWING_FORMS(OP, COMPARE_GE_BRANCH, -2)
// clang-format on

enum class Opcode : std::uint8_t {
#define OP(name, words, effect, stack) name,
  GILBENCH_OPCODES(OP)
#undef OP
};

struct OpcodeInfo {
  std::string_view name;
  int words;
  int effect;
  std::string_view stack;
};

inline constexpr OpcodeInfo kOpcodeInfo[] = {
#define OP(name, words, effect, stack) {#name, words, effect, stack},
    GILBENCH_OPCODES(OP)
#undef OP
};

inline constexpr std::size_t kOpcodeCount = sizeof(kOpcodeInfo) / sizeof(kOpcodeInfo[0]);
static_assert(kOpcodeCount <= 256, "an opcode is one byte");

// COMPARE_* and its COMPARE_*_BRANCH stand in the same order.
inline constexpr int kToBranch =
    static_cast<int>(Opcode::COMPARE_LT_BRANCH) - static_cast<int>(Opcode::COMPARE_LT);
static_assert(static_cast<int>(Opcode::COMPARE_GE_BRANCH) - static_cast<int>(Opcode::COMPARE_GE) ==
              kToBranch);
constexpr bool is_comparison(Opcode opcode) {
  return opcode >= Opcode::COMPARE_LT && opcode <= Opcode::COMPARE_GE;
}
constexpr bool is_comparison_branch(Opcode opcode) {
  return opcode >= Opcode::COMPARE_LT_BRANCH && opcode <= Opcode::COMPARE_GE_BRANCH;
}
constexpr Opcode with_branch(Opcode comparison) {
  return static_cast<Opcode>(static_cast<int>(comparison) + kToBranch);
}
constexpr Opcode without_branch(Opcode branch) {
  return static_cast<Opcode>(static_cast<int>(branch) - kToBranch);
}

// The operands of an operator that are loaded just before it.
enum class Borrowed : std::uint8_t { kLocal, kConst, kLocalLocal, kLocalConst };

// The operators that have forms for them.
inline constexpr Opcode kBorrowers[] = {
    Opcode::ADD,
    Opcode::SUB,
    Opcode::MUL,
    Opcode::TRUE_DIV,
    Opcode::FLOOR_DIV,
    Opcode::MOD,
    Opcode::LSHIFT,
    Opcode::RSHIFT,
    Opcode::BIT_AND,
    Opcode::BIT_OR,
    Opcode::BIT_XOR,
    Opcode::SUBSCRIPT,
    Opcode::COMPARE_LT_BRANCH,
    Opcode::COMPARE_LE_BRANCH,
    Opcode::COMPARE_EQ_BRANCH,
    Opcode::COMPARE_NE_BRANCH,
    Opcode::COMPARE_GT_BRANCH,
    Opcode::COMPARE_GE_BRANCH,
};
static_assert(static_cast<std::size_t>(Opcode::ADD_L) + 4 * std::size(kBorrowers) == kOpcodeCount,
              "the borrowing forms are the last opcodes, in the order of kBorrowers");

constexpr bool is_borrowing_form(Opcode opcode) { return opcode >= Opcode::ADD_L; }
// Of a borrowing form.
constexpr Borrowed borrowed_by(Opcode opcode) {
  return static_cast<Borrowed>((static_cast<int>(opcode) - static_cast<int>(Opcode::ADD_L)) % 4);
}
// `borrower`: its place in kBorrowers.
constexpr Opcode borrowing_form(std::size_t borrower, Borrowed operands) {
  return static_cast<Opcode>(static_cast<std::size_t>(Opcode::ADD_L) + 4 * borrower +
                             static_cast<std::size_t>(operands));
}

// One instruction word.
using Word = std::uint32_t;
inline constexpr Word kMaxArgument = (1u << 24) - 1;

constexpr Word make_word(Opcode opcode, std::uint32_t argument) {
  return static_cast<Word>(opcode) | (argument << 8);
}
constexpr Opcode opcode_of(Word word) { return static_cast<Opcode>(word & 0xffu); }
constexpr std::uint32_t argument_of(Word word) { return word >> 8; }

// The change in stack height when no jump is taken. `second` is the second word, 0 where there is
// none.
int stack_effect(Opcode opcode, std::uint32_t argument, std::uint32_t second);

}  // namespace gilbench
