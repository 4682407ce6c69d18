// tests/language/: every program there under every strategy prints what CPython prints, ends as it
// ends there, and leaves no object behind. See tests/language/README.md for the files' format.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <tuple>
#include <vector>

#include "runtime/engine.h"
#include "runtime/program/program.h"

namespace gilbench {
namespace {

namespace fs = std::filesystem;

const fs::path kFolder = GILBENCH_SOURCE_DIR "/tests/language";
const std::string kErrorMark = "--- error\n";

// A program, by "topic/name".
struct Case {
  std::string name;
  bool refused;  // never run: the compiler says why

  fs::path file(const char* extension) const { return kFolder / (name + extension); }
};

std::ostream& operator<<(std::ostream& stream, const Case& one) { return stream << one.name; }

std::vector<Case> find_cases(bool refused) {
  std::vector<Case> found;
  for (const auto& topic : fs::directory_iterator(kFolder)) {
    if (!topic.is_directory() || (topic.path().filename() == "refused") != refused) continue;
    for (const auto& file : fs::directory_iterator(topic)) {
      if (file.path().extension() != ".py") continue;
      found.push_back(
          {topic.path().filename().string() + "/" + file.path().stem().string(), refused});
    }
  }
  std::sort(found.begin(), found.end(),
            [](const Case& a, const Case& b) { return a.name < b.name; });
  return found;
}

std::string read_text(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<std::string> split_lines(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A traceback as update_expected.py reduces CPython's: no folders, no source lines; of a
// RecursionError only the last line.
std::string reduced(const std::string& traceback) {
  static const std::regex kFrame(R"re(  File "(?:.*/)?([^"/]+)", line (\d+)(, in .+)?)re");
  std::string text;
  const std::vector<std::string> lines = split_lines(traceback);
  for (const std::string& line : lines) {
    std::smatch frame;
    if (std::regex_match(line, frame, kFrame)) {
      text += "  File \"" + frame[1].str() + "\", line " + frame[2].str() + frame[3].str() + "\n";
    } else if (!line.starts_with("    ")) {
      text += line + "\n";
    }
  }
  if (!lines.empty() && lines.back().starts_with("RecursionError")) text = lines.back() + "\n";
  return text;
}

// The source line under each frame, as CPython prints it: what reduced() leaves out.
void check_source_lines(const std::string& traceback, const Program& program) {
  static const std::regex kFrame(R"re(  File "(.*)", line (\d+), in .+)re");
  const std::vector<std::string> lines = split_lines(traceback);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::smatch frame;
    if (!std::regex_match(lines[i], frame, kFrame)) continue;
    EXPECT_EQ(frame[1], program.path);
    std::string source = program.source_lines.at(std::stoul(frame[2].str()) - 1);
    source.erase(0, source.find_first_not_of(" \t"));
    source.erase(source.find_last_not_of(" \t") + 1);
    ASSERT_LT(i + 1, lines.size());
    EXPECT_EQ(lines[i + 1], "    " + source) << "under " << lines[i];
  }
}

// Prints numbers of gc.collect(), which are those of garbage in cycles.
bool counts_garbage(const Case& one) {
  static const std::set<std::string> kNames = {"gc/classes", "gc/collect_counts", "gc/containers",
                                               "gc/survivors"};
  return kNames.count(one.name) != 0;
}

// Shows when its generators die: where nothing is counted that is when a collector comes, of which
// abandoned_test tells more.
bool shows_deaths(const Case& one) {
  return one.name.starts_with("abandoned/") && one.name != "abandoned/at_the_end";
}

// Compiled once for all strategies.
std::shared_ptr<const Program> program_of(const Case& one) {
  static std::map<std::string, std::shared_ptr<const Program>> compiled;
  auto& program = compiled[one.name];
  if (!program) program = compile_file(one.file(".py").string());
  return program;
}

std::string test_name(const std::string& strategy, const std::string& name) {
  std::string text = strategy + "_" + name;
  std::replace(text.begin(), text.end(), '/', '_');
  return text;
}

// ---- programs that run ----

class Language : public testing::TestWithParam<std::tuple<const StrategyInfo*, Case>> {
 protected:
  // As the binaries and CPython do: a closed pipe is an error of the program that wrote to it.
  static void SetUpTestSuite() { signal(SIGPIPE, SIG_IGN); }
};

TEST_P(Language, PrintsWhatCPythonPrints) {
  const auto& [strategy, one] = GetParam();
  if (!strategy->collects_cycles && counts_garbage(one)) {
    GTEST_SKIP() << "its collector finds all garbage, and counts it";
  }
  if (!strategy->collects_cycles && shows_deaths(one)) GTEST_SKIP() << "they die later";
  const std::string stored = read_text(one.file(".out"));
  const std::size_t mark = one.name.starts_with("errors/") ? stored.find(kErrorMark) : stored.npos;
  const std::string output = stored.substr(0, mark);
  const std::string error = mark == stored.npos ? "" : stored.substr(mark + kErrorMark.size());

  std::signal(SIGPIPE, SIG_IGN);  // as run_program: a closed pipe is the program's error
  const auto program = program_of(one);
  const ScriptResult result = strategy->make_engine()->run_script(program, {});
  EXPECT_EQ(result.output, output);
  EXPECT_EQ(reduced(result.error), error) << result.error;
  check_source_lines(result.error, *program);
  EXPECT_EQ(result.leaked_objects, 0);
}

// A collector that traces has to find every root wherever a thread may stop: all programs again,
// with a collection at every checkpoint. Where references are counted the option means nothing.
// Each collection marks all that lives, which sanitizers make slow: for them every 13th will do.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr int kCollectEvery = 13;
#else
constexpr int kCollectEvery = 1;
#endif
class UnderConstantCollection : public testing::TestWithParam<Case> {};

TEST_P(UnderConstantCollection, PrintsTheSame) {
  const StrategyInfo* strategy = find_strategy("tracing_gc");
  if (strategy == nullptr) GTEST_SKIP() << "not in this build";
  const Case& one = GetParam();
  if (counts_garbage(one)) GTEST_SKIP() << "its collector finds all garbage, and counts it";
  if (shows_deaths(one)) GTEST_SKIP() << "they die later";
  std::signal(SIGPIPE, SIG_IGN);
  EngineOptions options;
  options.collect_every_checkpoints = kCollectEvery;
  const ScriptResult result = strategy->make_engine()->run_script(program_of(one), options);
  const std::string stored = read_text(one.file(".out"));
  const std::size_t mark = one.name.starts_with("errors/") ? stored.find(kErrorMark) : stored.npos;
  EXPECT_EQ(result.output, stored.substr(0, mark));
  EXPECT_EQ(result.error.empty(), mark == stored.npos) << result.error;
  EXPECT_EQ(result.leaked_objects, 0);
}

INSTANTIATE_TEST_SUITE_P(Programs, UnderConstantCollection, testing::ValuesIn(find_cases(false)),
                         [](const auto& tested) {
                           return test_name("", tested.param.name).substr(1);
                         });

std::vector<const StrategyInfo*> all_strategies() {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& strategy : strategies()) all.push_back(&strategy);
  return all;
}

INSTANTIATE_TEST_SUITE_P(Programs, Language,
                         testing::Combine(testing::ValuesIn(all_strategies()),
                                          testing::ValuesIn(find_cases(false))),
                         [](const auto& tested) {
                           return test_name(std::string(std::get<0>(tested.param)->name),
                                            std::get<1>(tested.param).name);
                         });

// ---- programs that are refused ----

class Refused : public testing::TestWithParam<Case> {};

TEST_P(Refused, NamesFileLineAndConstruct) {
  const Case& one = GetParam();
  std::string expected = one.file(".py").string() + ":" + read_text(one.file(".refused"));
  expected.erase(expected.find_last_not_of('\n') + 1);
  try {
    program_of(one);
    FAIL() << "it compiles";
  } catch (const ProgramError& error) {
    EXPECT_EQ(error.what(), expected);
  }
}

INSTANTIATE_TEST_SUITE_P(Programs, Refused, testing::ValuesIn(find_cases(true)),
                         [](const auto& tested) { return test_name("", tested.param.name); });

// ---- the collection itself ----

TEST(LanguagePrograms, AreMany) {
  EXPECT_GE(find_cases(false).size(), 150u);
  EXPECT_FALSE(strategies().empty());
}

}  // namespace
}  // namespace gilbench
