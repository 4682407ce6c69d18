// The compiler by what it writes: instructions, stack heights, scopes, refusals; and every Python
// file of the repository through verify().
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/program/stack_effect.h"
#include "runtime/program/verify.h"

namespace gilbench {
namespace {

namespace fs = std::filesystem;

// A Python file that lives as long as this does.
class SourceFile {
 public:
  explicit SourceFile(const std::string& source)
      : path_(fs::temp_directory_path() /
              ("gilbench_compiler_test_" + std::to_string(getpid()) + ".py")) {
    std::ofstream(path_) << source;
  }
  ~SourceFile() { fs::remove(path_); }
  SourceFile(const SourceFile&) = delete;
  SourceFile& operator=(const SourceFile&) = delete;

  std::string path() const { return path_.string(); }

 private:
  fs::path path_;
};

std::shared_ptr<const Program> compiled(const std::string& source) {
  const SourceFile file(source);
  auto program = compile_file(file.path());
  verify(*program);
  return program;
}

// The reason after "FILE:", or "" when the source compiles.
std::string refusal_of(const std::string& source) {
  const SourceFile file(source);
  try {
    compile_file(file.path());
  } catch (const ProgramError& error) {
    const std::string what = error.what();
    EXPECT_EQ(what.rfind(file.path() + ":", 0), 0u) << what;
    return what.substr(std::min(what.size(), file.path().size() + 1));
  }
  return "";
}

const Code& code_named(const Program& program, const std::string& qualified_name) {
  for (const Code& code : program.codes) {
    if (code.qualified_name == qualified_name) return code;
  }
  throw std::runtime_error("no code " + qualified_name);
}

// The instructions of one code, "NAME argument", a line each, without word numbers.
std::string instructions(const Program& program, const std::string& qualified_name) {
  const Code& code = code_named(program, qualified_name);
  std::string text;
  for (std::size_t i = 0; i < code.words.size();) {
    const OpcodeInfo& info = kOpcodeInfo[static_cast<std::size_t>(opcode_of(code.words[i]))];
    text += std::string(info.name) + " " + std::to_string(argument_of(code.words[i])) + "\n";
    i += static_cast<std::size_t>(info.words);
  }
  return text;
}

std::size_t count_of(const Code& code, Opcode opcode) {
  std::size_t count = 0;
  for (std::size_t i = 0; i < code.words.size();) {
    const Opcode found = opcode_of(code.words[i]);
    if (found == opcode) ++count;
    i += static_cast<std::size_t>(kOpcodeInfo[static_cast<std::size_t>(found)].words);
  }
  return count;
}

std::vector<std::string> slot_names(const Program& program, const std::string& qualified_name) {
  std::vector<std::string> names;
  for (const std::uint32_t index : code_named(program, qualified_name).slot_names) {
    names.push_back(std::get<std::string>(program.constants[index].value));
  }
  return names;
}

using Names = std::vector<std::string>;

TEST(Instructions, ALoopOverALocal) {
  const auto program = compiled(
      "def f(n):\n"
      "    i = 0\n"
      "    while i < n:\n"
      "        i += 1\n"
      "    return i\n");
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_CONST 0\n"
            "STORE_LOCAL 1\n"
            "COMPARE_LT_BRANCH_LL 1\n"
            "LOAD_LOCAL 0\n"
            "COMPARE_LT_BRANCH 0\n"
            "JUMP_IF_FALSE 11\n"
            "ADD_LC 1\n"
            "LOAD_CONST 1\n"
            "ADD 1\n"
            "STORE_LOCAL 1\n"
            "JUMP_BACK 2\n"
            "LOAD_LOCAL 1\n"
            "RETURN 0\n");
}

TEST(Instructions, AnOperatorBorrowsWhatIsLoadedJustBeforeIt) {
  const auto program = compiled("def f(a, b):\n    return (a + 1) * b - b[a] * a.x % 7\n");
  EXPECT_EQ(instructions(*program, "f"),
            "ADD_LC 0\nLOAD_CONST 0\nADD 0\n"
            "MUL_L 1\nMUL 0\n"
            "SUBSCRIPT_LL 1\nLOAD_LOCAL 0\nSUBSCRIPT 0\n"
            "LOAD_ATTR_L 0\nLOAD_ATTR 0\n"
            "MUL 0\n"
            "MOD_C 2\nMOD 0\n"
            "SUB 0\nRETURN 0\n");
}

TEST(Instructions, NothingIsBorrowedOverAJumpsTarget) {
  const auto program = compiled("def f(a, b, c):\n    return (a if c else b) + c\n");
  // The first operand is the one or the other; the second is loaded after both.
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_LOCAL 2\nJUMP_IF_FALSE 4\nLOAD_LOCAL 0\nJUMP 5\nLOAD_LOCAL 1\n"
            "ADD_L 2\nADD 0\nRETURN 0\n");
  const auto or_program = compiled("def f(a, b):\n    return 1 + (a or b)\n");
  EXPECT_EQ(count_of(code_named(*or_program, "f"), Opcode::ADD_L), 0u);
}

TEST(Instructions, TheSecondWordOfACallIsNoLoad) {
  // Its constant's number, as a word, is that of LOAD_LOCAL 0.
  std::string source = "def f(g, a):\n    return [";
  const auto number = static_cast<int>(make_word(Opcode::LOAD_LOCAL, 0));
  for (int i = 0; i < 2 * number; ++i) source += std::to_string(1000 + i) + ", ";
  source += "g(a, b=a) + a, g(a, c=a) + a, g(a, d=a) + a, g(a, e=a) + a]\n";
  const auto program = compiled(source);
  const Code& code = code_named(*program, "f");
  EXPECT_EQ(count_of(code, Opcode::ADD_LL), 0u);
  EXPECT_EQ(count_of(code, Opcode::ADD_L), 4u);
}

TEST(Instructions, AnAugmentedAssignmentLoadsItsObjectAgain) {
  const auto program = compiled("def f(a, b):\n    a.x += b\n    a[b] -= 1\n");
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_ATTR_L 0\nLOAD_ATTR 0\nADD_L 1\nADD 1\nSTORE_ATTR_L 0\nSTORE_ATTR 1\n"
            "SUBSCRIPT_LL 0\nLOAD_LOCAL 1\nSUBSCRIPT 0\nSUB_C 1\nSUB 1\n"
            "STORE_SUBSCRIPT_LL 0\nLOAD_LOCAL 1\nSTORE_SUBSCRIPT 0\n"
            "LOAD_CONST 2\nRETURN 0\n");
  const auto rebinding = compiled("def f(a, b):\n    a.x += (a := b).y\n");
  EXPECT_EQ(count_of(code_named(*rebinding, "f"), Opcode::STORE_ATTR_L), 0u);
}

TEST(Instructions, AForLoopFusesItsStoreAndJumpsBackOnce) {
  const auto program = compiled(
      "def f(values):\n"
      "    for value in values:\n"
      "        print(value)\n");
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_LOCAL 0\n"
            "GET_ITER 0\n"
            "FOR_ITER_STORE 10\n"
            "STORE_LOCAL 1\n"
            "LOAD_GLOBAL_NULL 0\n"
            "PUSH_NULL 0\n"
            "LOAD_LOCAL 1\n"
            "CALL 1\n"
            "POP 0\n"
            "JUMP_BACK 2\n"
            "LOAD_CONST 1\n"
            "RETURN 0\n");
}

TEST(Instructions, AMethodCallHasNoNull) {
  const auto program = compiled("def f(a):\n    return a.append(1)\n");
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_LOCAL 0\nLOAD_METHOD 0\nLOAD_CONST 1\nCALL 1\nRETURN 0\n");
}

TEST(Instructions, KeywordsAreNamedInATupleConstant) {
  const auto program = compiled("def f(g):\n    return g(1, b=2, c=3)\n");
  const Code& code = code_named(*program, "f");
  const auto call = std::find_if(code.words.begin(), code.words.end(), [](Word word) {
    return opcode_of(word) == Opcode::CALL_KEYWORDS;
  });
  ASSERT_NE(call, code.words.end());
  EXPECT_EQ(argument_of(*call), 3u);
  const auto& names = std::get<TupleConstant>(program->constants[*(call + 1)].value);
  ASSERT_EQ(names.items.size(), 2u);
  EXPECT_EQ(std::get<std::string>(program->constants[names.items[0]].value), "b");
  EXPECT_EQ(std::get<std::string>(program->constants[names.items[1]].value), "c");
}

TEST(Instructions, TwoValuesChangePlacesWithoutATuple) {
  const auto program = compiled("def f(a, b):\n    a, b = b, a\n    return a\n");
  EXPECT_EQ(instructions(*program, "f"),
            "LOAD_LOCAL_LOCAL 1\nLOAD_LOCAL 0\nSWAP 2\nSTORE_LOCAL 0\nSTORE_LOAD_LOCAL 1\n"
            "LOAD_LOCAL 0\nRETURN 0\n");
}

TEST(Instructions, ConstantConditionsLeaveNoTest) {
  const auto program = compiled(
      "def f():\n"
      "    while True:\n"
      "        if 0:\n"
      "            never()\n"
      "        step()\n");
  const Code& code = code_named(*program, "f");
  EXPECT_EQ(count_of(code, Opcode::JUMP_IF_FALSE), 0u);
  EXPECT_EQ(count_of(code, Opcode::RETURN), 0u);
  EXPECT_EQ(count_of(code, Opcode::CALL), 1u);
}

TEST(Instructions, ANestedIfJumpsStraightToTheLoopsHead) {
  const auto program = compiled(
      "def f(a):\n"
      "    for x in a:\n"
      "        if x:\n"
      "            one()\n"
      "        else:\n"
      "            two()\n");
  const Code& code = code_named(*program, "f");
  EXPECT_EQ(count_of(code, Opcode::JUMP), 0u);
  EXPECT_EQ(count_of(code, Opcode::JUMP_BACK), 2u);
}

TEST(Instructions, APairIsNotFusedOverTheBorderOfATry) {
  const auto program = compiled(
      "def f(a):\n"
      "    b = a\n"
      "    try:\n"
      "        c\n"
      "        b = a\n"
      "    except E:\n"
      "        pass\n"
      "    return b\n");
  const Code& code = code_named(*program, "f");
  for (const Handler& handler : code.handlers) {
    ASSERT_GT(handler.start, 0u);
    EXPECT_NE(opcode_of(code.words[handler.start - 1]), Opcode::STORE_LOAD_LOCAL);
  }
}

TEST(Lines, AMethodInAChainHasItsOwnLine) {
  const auto program = compiled(
      "def f(a):\n"
      "    return (a\n"
      "            .first()\n"
      "            .second(\n"
      "                1))\n");
  const Code& code = code_named(*program, "f");
  std::vector<std::uint32_t> call_lines;
  for (std::size_t i = 0; i < code.words.size(); ++i) {
    if (opcode_of(code.words[i]) == Opcode::CALL) call_lines.push_back(code.lines[i]);
  }
  EXPECT_EQ(call_lines, (std::vector<std::uint32_t>{3, 4}));
}

TEST(Lines, AComprehensionKnowsWhereItsFrameWouldBe) {
  const auto program = compiled(
      "def f(a):\n"
      "    return [\n"
      "        {g(x) for x in y}\n"
      "        for y in a]\n");
  const Code& code = code_named(*program, "f");
  ASSERT_EQ(code.comprehensions.size(), 2u);
  const Comprehension& outer = code.comprehensions[0];
  const Comprehension& inner = code.comprehensions[1];
  EXPECT_EQ(std::get<std::string>(program->constants[outer.name].value), "<listcomp>");
  EXPECT_EQ(std::get<std::string>(program->constants[inner.name].value), "<setcomp>");
  EXPECT_EQ(outer.line, 2u);
  EXPECT_EQ(inner.line, 3u);
  EXPECT_LT(outer.start, inner.start);
  EXPECT_GT(outer.end, inner.end);
  EXPECT_EQ(opcode_of(code.words[outer.start - 1]), Opcode::GET_ITER);
}

TEST(Lines, ADecoratedFunctionBeginsAtItsDecorator) {
  const auto program = compiled("\n@decorate\ndef f():\n    pass\n");
  EXPECT_EQ(code_named(*program, "f").first_line, 2u);
}

TEST(Heights, TheStackIsAsHighAsTheDeepestExpression) {
  const auto program = compiled(
      "def f(a):\n    return a + (a + (a + a))\n"
      "def g():\n    pass\n");
  EXPECT_EQ(code_named(*program, "f").stack_size, 4u);
  EXPECT_EQ(code_named(*program, "g").stack_size, 1u);
}

TEST(Heights, AHandlerInALoopKeepsTheIterator) {
  const auto program = compiled(
      "def f(a):\n"
      "    for x in a:\n"
      "        try:\n"
      "            x()\n"
      "        except E:\n"
      "            break\n");
  const Code& code = code_named(*program, "f");
  ASSERT_EQ(code.handlers.size(), 2u);
  EXPECT_EQ(code.handlers[0].depth, 1u);  // the iterator
  EXPECT_EQ(code.handlers[1].depth, 2u);  // and the exception
}

TEST(Heights, LongDisplaysAreBuiltPieceByPiece) {
  std::string display = "[x";
  for (int i = 0; i < 500; ++i) display += ", x";
  const auto program = compiled("def f(x):\n    return " + display + "]\n");
  EXPECT_EQ(code_named(*program, "f").stack_size, 2u);
}

TEST(Heights, EffectsOfInstructionsThatVary) {
  EXPECT_EQ(stack_effect(Opcode::BUILD_TUPLE, 3, 0), -2);
  EXPECT_EQ(stack_effect(Opcode::BUILD_DICT, 2, 0), -3);
  EXPECT_EQ(stack_effect(Opcode::CALL, 2, 0), -3);
  EXPECT_EQ(stack_effect(Opcode::CALL_SPREAD, 1, 0), -3);
  EXPECT_EQ(stack_effect(Opcode::UNPACK_STAR, 1u | (2u << 8), 0), 3);
  EXPECT_EQ(stack_effect(Opcode::FORMAT_VALUE, 4, 0), -1);
  EXPECT_EQ(stack_effect(Opcode::MAKE_FUNCTION, 7, 5), -1);
  EXPECT_EQ(stack_effect(Opcode::RAISE, 0, 0), 0);
}

TEST(Scopes, ParametersComeFirstAndFreeVariablesLast) {
  const auto program = compiled(
      "def outer(shared):\n"
      "    def f(a, /, b, *args, c=1, **kw):\n"
      "        local = shared\n"
      "        return local\n"
      "    return f\n");
  EXPECT_EQ(slot_names(*program, "outer.<locals>.f"),
            (Names{"a", "b", "c", "args", "kw", "local", "shared"}));
  const Code& code = code_named(*program, "outer.<locals>.f");
  EXPECT_EQ(code.positional_only_count, 1u);
  EXPECT_EQ(code.positional_count, 2u);
  EXPECT_EQ(code.keyword_only_count, 1u);
  EXPECT_TRUE(code.has_varargs);
  EXPECT_TRUE(code.has_varkeywords);
  EXPECT_EQ(code.free_count, 1u);
  EXPECT_EQ(opcode_of(code_named(*program, "outer").words[0]), Opcode::MAKE_CELL);
}

TEST(Scopes, AComprehensionAtModuleLevelHasAHiddenSlot) {
  const auto program = compiled("x = 1\ny = [x for x in range(3)]\n");
  EXPECT_EQ(slot_names(*program, "<module>"), (Names{"x"}));
  EXPECT_EQ(program->codes.size(), 1u);
  EXPECT_EQ(count_of(program->codes[0], Opcode::STORE_GLOBAL), 2u);
}

TEST(Scopes, AComprehensionInAClassDoesNotSeeTheClass) {
  const auto program = compiled(
      "class C:\n"
      "    a = 1\n"
      "    b = [a for _ in range(a)]\n");
  const Code& code = code_named(*program, "C");
  EXPECT_TRUE(code.is_class_body);
  EXPECT_EQ(count_of(code, Opcode::LOAD_GLOBAL), 1u);  // the element
  EXPECT_EQ(count_of(code, Opcode::LOAD_NAME), 2u);    // range and the first iterable's a
}

TEST(Scopes, ACapturedComprehensionVariableGetsAFreshCell) {
  const auto program = compiled("def f(a):\n    return [lambda: x for x in a]\n");
  const Code& code = code_named(*program, "f");
  EXPECT_EQ(count_of(code, Opcode::MAKE_CELL), 1u);
  EXPECT_EQ(count_of(code, Opcode::STORE_CELL), 1u);
  EXPECT_NE(opcode_of(code.words[0]), Opcode::MAKE_CELL);
}

TEST(Scopes, AWalrusInAComprehensionBindsOutside) {
  const auto program = compiled(
      "def f(a):\n"
      "    b = [last := x for x in a]\n"
      "    c = list((other := x) for x in a)\n"
      "    return last, other\n");
  EXPECT_EQ(slot_names(*program, "f"), (Names{"a", "b", "last", "c", "other", "x"}));
  EXPECT_EQ(code_named(*program, "f.<locals>.<genexpr>").free_count, 1u);
}

TEST(Scopes, GlobalAndNonlocalReachOutwards) {
  const auto program = compiled(
      "def f():\n"
      "    n = 0\n"
      "    def g():\n"
      "        nonlocal n\n"
      "        global m\n"
      "        n = m = 1\n"
      "    return g\n");
  EXPECT_EQ(instructions(*program, "f.<locals>.g"),
            "LOAD_CONST 1\nCOPY 1\nSTORE_CELL 0\nSTORE_GLOBAL 0\nLOAD_CONST 3\nRETURN 0\n");
}

TEST(Scopes, ASuperCallReadsTheClassCell) {
  const auto program = compiled(
      "class C(B):\n"
      "    def m(self, x):\n"
      "        return super().m(x)\n");
  EXPECT_EQ(instructions(*program, "C.m"),
            "LOAD_CELL 2\nLOAD_LOCAL 0\nLOAD_SUPER_METHOD 0\nLOAD_LOCAL 1\nCALL 1\nRETURN 0\n");
  EXPECT_EQ(count_of(code_named(*program, "C"), Opcode::LOAD_CLOSURE), 2u);
}

TEST(Scopes, PrivateNamesAreMangled) {
  const auto program = compiled("class C:\n    def m(self):\n        self.__x = __y\n");
  const auto has_text = [&](const std::string& text) {
    return std::any_of(program->constants.begin(), program->constants.end(),
                       [&](const Constant& constant) {
                         const auto* found = std::get_if<std::string>(&constant.value);
                         return found != nullptr && *found == text;
                       });
  };
  EXPECT_TRUE(has_text("_C__x"));
  EXPECT_TRUE(has_text("_C__y"));
  EXPECT_FALSE(has_text("__x"));
}

// Decimal digits of a long integer take quadratic time, and CPython gives no more than 4,300.
TEST(Constants, LongIntegersComeInHexadecimal) {
  const std::string digits = "f" + std::string(999'999, '7');
  const auto program = compiled("a = 0x" + digits + "\nb = -0x" + digits + "\nc = 0o1" +
                                std::string(100'000, '0') + "\n");
  std::vector<std::string> found;
  for (const Constant& constant : program->constants) {
    if (const auto* big = std::get_if<BigConstant>(&constant.value)) found.push_back(big->digits);
  }
  EXPECT_EQ(found, (std::vector<std::string>{"0x" + digits, "-0x" + digits,
                                             "0x1" + std::string(75'000, '0')}));
}

TEST(Constants, DecimalDigitsHaveCPythonsLimit) {
  const auto program = compiled("a = " + std::string(4300, '9') + "\n");
  EXPECT_THROW(compiled("a = " + std::string(4301, '9') + "\n"), ProgramError);
}

TEST(Constants, KeepTheirValuesAndTypes) {
  const auto program = compiled(
      "a = [-9223372036854775808, 2**64 - 1, 1e400, -0.0, 0.0, True, 1, 1.0, b'\\xff\\x00', ...,\n"
      "     (1, ('x', None)), 'caf\\xe9 \\U0001f600', 'nul\\x00']\n");
  const auto has = [&](const auto& value) {
    return std::any_of(program->constants.begin(), program->constants.end(),
                       [&](const Constant& constant) {
                         using Value = std::decay_t<decltype(value)>;
                         const auto* found = std::get_if<Value>(&constant.value);
                         return found != nullptr && *found == value;
                       });
  };
  EXPECT_TRUE(has(std::int64_t{INT64_MIN}));
  EXPECT_TRUE(has(BigConstant{"18446744073709551615"}));
  EXPECT_TRUE(has(std::numeric_limits<double>::infinity()));
  EXPECT_TRUE(has(true));
  EXPECT_TRUE(has(std::int64_t{1}));
  EXPECT_TRUE(has(1.0));
  EXPECT_TRUE(has(BytesConstant{std::string("\xff\0", 2)}));
  EXPECT_TRUE(has(EllipsisConstant{}));
  EXPECT_TRUE(has(std::string("caf\xc3\xa9 \xf0\x9f\x98\x80")));
  EXPECT_TRUE(has(std::string("nul\0", 4)));
  std::size_t zeros = 0;
  for (const Constant& constant : program->constants) {
    const auto* number = std::get_if<double>(&constant.value);
    if (number != nullptr && *number == 0.0) ++zeros;
  }
  EXPECT_EQ(zeros, 2u);
}

TEST(Refusals, NameLineAndConstruct) {
  EXPECT_EQ(refusal_of("x = 1\nimport os.path\n"),
            "2: import of the dotted module os.path is not supported");
  EXPECT_EQ(refusal_of("\nfrom . import x\n"), "2: a relative import is not supported");
  EXPECT_EQ(refusal_of("from math import *\n"), "1: from math import * is not supported");
  EXPECT_EQ(refusal_of("class C(A, B): pass\n"), "1: a class with several bases is not supported");
  EXPECT_EQ(refusal_of("class C(metaclass=M): pass\n"),
            "1: a class with keywords (metaclass) is not supported");
  EXPECT_EQ(refusal_of("async def f(): pass\n"), "1: async def is not supported");
  EXPECT_EQ(refusal_of("def f():\n    yield from x\n"), "2: yield from is not supported");
  EXPECT_EQ(refusal_of("match x:\n    case 1: pass\n"), "1: a match statement is not supported");
  EXPECT_EQ(refusal_of("x = 3j\n"), "1: a complex constant is not supported");
  EXPECT_EQ(refusal_of("x = '\\udc80'\n"), "1: a str with a lone surrogate is not supported");
  EXPECT_EQ(refusal_of("a = b @ c\n"), "1: the operator @ is not supported");
  EXPECT_EQ(refusal_of("class C:\n    def f(self):\n        return super().x\n"),
            "3: super() other than super().name(...) is not supported");
}

TEST(Refusals, SpeakAsCPythonDoes) {
  EXPECT_EQ(refusal_of("x = = 1\n"), "1: SyntaxError: invalid syntax");
  EXPECT_EQ(refusal_of("return 1\n"), "1: SyntaxError: 'return' outside function");
  EXPECT_EQ(refusal_of("if x:\n    break\n"), "2: SyntaxError: 'break' outside loop");
  EXPECT_EQ(refusal_of("continue\n"), "1: SyntaxError: 'continue' not properly in loop");
  EXPECT_EQ(refusal_of("class C:\n    yield 1\n"), "2: SyntaxError: 'yield' outside function");
  EXPECT_EQ(refusal_of("def f(a, a): pass\n"),
            "1: SyntaxError: duplicate argument 'a' in function definition");
  EXPECT_EQ(refusal_of("def f():\n    nonlocal x\n"),
            "2: SyntaxError: no binding for nonlocal 'x' found");
  EXPECT_EQ(refusal_of("def f(x):\n    global x\n"),
            "2: SyntaxError: name 'x' is parameter and global");
  EXPECT_EQ(refusal_of("def f():\n    x = 1\n    print(x)\n    global x\n"),
            "4: SyntaxError: name 'x' is used prior to global declaration");
  EXPECT_EQ(refusal_of("*a, *b = c\n"),
            "1: SyntaxError: multiple starred expressions in assignment");
  EXPECT_EQ(refusal_of("f(a=1, a=2)\n"), "1: SyntaxError: keyword argument repeated: a");
  EXPECT_EQ(refusal_of("[(x := 1) for x in y]\n"),
            "1: SyntaxError: assignment expression cannot rebind comprehension iteration variable "
            "'x'");
}

std::string repeated(const std::string& text, int times) {
  std::string all;
  for (int i = 0; i < times; ++i) all += text;
  return all;
}

// Whatever nests: the compiler calls itself for each level, and must not come to its stack's end.
TEST(Refusals, WhatIsNestedTooDeeplyIsNamedWithItsLine) {
  for (const int times : {2'000, 3'000, 4'000, 8'000}) {
    EXPECT_EQ(refusal_of("y = 1\nx = " + repeated("y + ", times) + "y\n"),
              "2: expression too deeply nested");
  }
  // CPython's parser, which is the first to end here, does not say in which line.
  EXPECT_EQ(refusal_of("y = 1\nx = " + repeated("y + ", 50'000) + "y\n"),
            "1: expression too deeply nested");
  EXPECT_EQ(refusal_of("y = 1\n\nx = y" + repeated(".y", 3'000) + "\n"),
            "3: expression too deeply nested");
  EXPECT_EQ(refusal_of("y = 1\nx = " + repeated("not ", 3'000) + "y\n"),
            "2: expression too deeply nested");
  const std::string elif = "elif y == 2:\n    y = 3\n";
  EXPECT_EQ(refusal_of("y = 1\nif y:\n    y = 2\n" + repeated(elif, 3'000)).substr(5),
            " expression too deeply nested");
}

TEST(Refusals, ASumOfManyTermsIsNotTooDeep) {
  compiled("y = 1\nx = " + repeated("y + ", 950) + "y\n");
  compiled("def f(): return f\nx = f" + repeated("()", 950) + "\n");
  compiled("y = 1\nif y:\n    y = 2\n" + repeated("elif y == 2:\n    y = 3\n", 950));
  compiled("y = 1\nx = " + repeated("1 + ", 950) + "y\n");
}

TEST(Refusals, AMissingFileIsNamed) {
  try {
    compile_file("/nonexistent/program.py");
    FAIL() << "compiled a file that is not there";
  } catch (const ProgramError& error) {
    EXPECT_STREQ(error.what(), "/nonexistent/program.py:1: no such file");
  }
}

TEST(Refusals, ATreeThatIsNoneIsNamed) {
  EXPECT_THROW(compile("{}", "x.py"), ProgramError);
  EXPECT_THROW(compile("not json", "x.py"), ProgramError);
}

TEST(Verify, FindsWhatIsWrong) {
  const auto broken = [](auto&& damage) {
    Program program = *compiled("def f(a):\n    for x in a:\n        print(x)\n");
    damage(program.codes[1]);
    return program;
  };
  EXPECT_THROW(verify(broken([](Code& code) { code.stack_size = 1; })), std::logic_error);
  EXPECT_THROW(verify(broken([](Code& code) { code.words.pop_back(); })), std::logic_error);
  EXPECT_THROW(verify(broken([](Code& code) { code.words[0] = make_word(Opcode::LOAD_LOCAL, 9); })),
               std::logic_error);
  EXPECT_THROW(verify(broken([](Code& code) { code.words[1] = make_word(Opcode::POP, 0); })),
               std::logic_error);
  EXPECT_THROW(verify(broken([](Code& code) { code.words[0] = make_word(Opcode::JUMP, 4000); })),
               std::logic_error);
}

std::vector<fs::path> python_files(const char* folder) {
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::recursive_directory_iterator(fs::path(GILBENCH_SOURCE_DIR) / folder)) {
    if (entry.path().extension() == ".py") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

TEST(Repository, EveryLanguageTestCompilesSoundlyOrIsRefusedAsItSays) {
  std::size_t sound = 0;
  for (const fs::path& path : python_files("tests/language")) {
    if (path.parent_path().filename() == "language") continue;  // a tool, not a test
    const fs::path refused = fs::path(path).replace_extension(".refused");
    try {
      const auto program = compile_file(path.string());
      ASSERT_NO_THROW(verify(*program)) << path;
      EXPECT_FALSE(fs::exists(refused)) << path;
      ++sound;
    } catch (const ProgramError& error) {
      std::string expected;
      std::getline(std::ifstream(refused), expected);
      EXPECT_EQ(error.what(), path.string() + ":" + expected);
    }
  }
  EXPECT_GE(sound, 150u);
}

TEST(Repository, EveryWorkloadCompilesSoundly) {
  const auto files = python_files("workloads");
  EXPECT_FALSE(files.empty());
  for (const fs::path& path : files) {
    const auto program = compile_file(path.string());
    EXPECT_NO_THROW(verify(*program)) << path;
  }
}

}  // namespace
}  // namespace gilbench
