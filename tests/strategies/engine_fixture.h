// What the tests of the engines share: a program written to a temporary folder, run under each
// strategy; after every test no child process may be left.
#pragma once

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "runtime/engine.h"
#include "runtime/program/program.h"

namespace gilbench {

// A workload's first seven lines; what a test adds starts on line 8.
inline constexpr const char* kHead = R"(import os, threading, time
SHARING = "none"
SIZES = {"small": 1}
EXPECT = {"small": 1}
def combine(parts): return 1


)";

class EngineTest : public testing::TestWithParam<const StrategyInfo*> {
 protected:
  EngineTest() {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "gilbench_engine_XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    request_.timeout = std::chrono::milliseconds(60'000);
  }
  ~EngineTest() override {
    clear_interrupt();
    std::filesystem::remove_all(folder_);
  }
  // After whatever happened: no child is left, running or dead.
  void TearDown() override {
    EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child process is left";
    EXPECT_EQ(errno, ECHILD);
  }

  bool shares() const { return GetParam()->workers_share_objects; }
  bool forks() const { return GetParam()->workers_are_processes; }
  std::string path() const { return (folder_ / "program.py").string(); }

  std::shared_ptr<const Program> compiled(const std::string& text) const {
    std::ofstream(path()) << text;
    return compile_file(path());
  }
  RunResult run(const std::string& text, int workers = 2) {
    request_.program = compiled(text);
    request_.workers = workers;
    return GetParam()->make_engine()->run(request_);
  }
  // Runs what must be ended by the clock.
  void expect_timeout(const std::string& text, int workers = 2) {
    request_.timeout = std::chrono::milliseconds(300);
    const RunResult result = run(kHead + text, workers);
    EXPECT_EQ(result.status, RunStatus::kTimeout) << result.message << result.answer;
    EXPECT_FALSE(result.message.empty());
    EXPECT_EQ(result.leaked_objects, 0);
  }
  // Runs what must end in this error; returns its traceback.
  void expect_error(const std::string& text, const std::string& traceback, int workers = 2) {
    const RunResult result = run(kHead + text, workers);
    EXPECT_EQ(result.status, RunStatus::kError);
    EXPECT_EQ(without_end(result.message), traceback);
    EXPECT_EQ(result.leaked_objects, 0);
  }
  // Runs what must give this answer.
  void expect_answer(const std::string& text, const std::string& answer, int workers = 4) {
    const RunResult result = run(text, workers);
    EXPECT_EQ(result.status, RunStatus::kOk) << result.message << "\ngot " << result.answer;
    EXPECT_EQ(result.answer, answer);
    EXPECT_EQ(result.expected, answer);
    EXPECT_EQ(result.leaked_objects, 0);
  }
  static std::string without_end(std::string text) {
    if (text.ends_with('\n')) text.pop_back();
    return text;
  }
  // The frame lines for a line of the program.
  std::string frame(int line, const std::string& function, const std::string& source) const {
    return "  File \"" + path() + "\", line " + std::to_string(line) + ", in " + function +
           "\n    " + source + "\n";
  }

  const std::string traceback_ = "Traceback (most recent call last):\n";
  RunRequest request_;

 private:
  std::filesystem::path folder_;
};

inline std::vector<const StrategyInfo*> all_strategies() {
  std::vector<const StrategyInfo*> all;
  for (const StrategyInfo& strategy : strategies()) all.push_back(&strategy);
  return all;
}

inline std::vector<const StrategyInfo*> sharing_strategies() {
  std::vector<const StrategyInfo*> sharing = all_strategies();
  std::erase_if(sharing, [](const StrategyInfo* info) { return !info->workers_share_objects; });
  return sharing;
}

// Instantiates a fixture's tests for each of the strategies.
#define GILBENCH_FOR_STRATEGIES(Fixture, strategies)                           \
  INSTANTIATE_TEST_SUITE_P(Strategies, Fixture, testing::ValuesIn(strategies), \
                           [](const auto& tested) { return std::string(tested.param->name); })

}  // namespace gilbench
