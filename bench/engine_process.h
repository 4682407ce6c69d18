// An engine process as the bench sees it: started, asked for rows, watched, and ended with all that
// it has started.
#pragma once

#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "bench/child_process.h"
#include "bench/disturbance.h"
#include "bench/engine_failure.h"
#include "bench/engine_messages.h"
#include "bench/options.h"
#include "bench/services.h"
#include "runtime/support/descriptor.h"

namespace gilbench {

// What an engine is started with: an executable and its first arguments.
using EngineCommand = std::vector<std::string>;
// This process's own executable: the engine of this build.
inline const EngineCommand kOwnExecutable{"/proc/self/exe"};

// A program as an engine takes it: ours compile the syntax tree, a Python the text.
struct HandedProgram {
  std::string path;
  const char* form = "tree";  // or "source"
  std::string text;
};

// Everything here throws EngineDied where the process has died, hangs, or makes no sense; by then
// it is ended, and the object is good for nothing but its destruction.
class EngineProcess {
 public:
  // What the process writes to its descriptors 1 and 2 is passed on to `hear`, if there is one.
  using Hear = std::function<void(std::string_view)>;

  // Throws std::system_error where it cannot be started.
  explicit EngineProcess(const EngineCommand& command, Hear hear = {});
  ~EngineProcess() = default;
  EngineProcess(const EngineProcess&) = delete;
  EngineProcess& operator=(const EngineProcess&) = delete;

  // What it says of itself: its strategies and its build.
  const nlohmann::json& hello();
  // Google Benchmark's flags, before the first row.
  void set_flags(const std::vector<std::string>& flags);
  // Hands over a program, once, and waits until it is ready to run it. Throws std::runtime_error
  // where this engine does not compile it.
  void prepare(const HandedProgram& program);
  bool has(const std::string& path) const;

  // Runs a row once; the workload's services are prepared for each of its runs.
  EngineReply run(const EngineRequest& request, const Workload& workload, Services& services);
  // The run that died had begun: the row is lost. Otherwise another process may be asked for it.
  bool had_begun() const { return had_begun_; }
  // Stacks that worker processes have left during the last run; and that as a failure.
  const nlohmann::ordered_json& stacks() const { return stacks_; }
  EngineFailure worker_failure(const std::string& message) const;

  // Lets it end by itself. Empty, or how that went wrong.
  std::string finish();

  pid_t pid() const { return child_.pid(); }
  // From fork until it was ready to run the first program that it was handed; 0 before.
  double ready_seconds() const { return ready_seconds_; }

 private:
  using Clock = std::chrono::steady_clock;

  nlohmann::json next_message();
  void look_at_line(const std::string& line, std::vector<nlohmann::json>* messages);
  void wait_for_something();
  void tell_to_end();
  bool take_in();
  bool hear(Descriptor& pipe);  // false: there was nothing
  void allow(std::chrono::milliseconds limit) { deadline_ = Clock::now() + limit; }
  [[noreturn]] void fail(const std::string& kind, const std::string& what);
  [[noreturn]] void fail_dead();
  void ask_for_stacks();
  void take_what_is_left();
  nlohmann::json answer_to(const nlohmann::json& question, const Workload& workload,
                           Services& services);
  double children_seconds(const Services& services) const;

  Hear hear_;
  Clock::time_point started_;
  MessageSocket socket_{Descriptor()};
  Descriptor output_;
  Descriptor error_;
  ChildProcess child_;  // ended before the descriptors above are closed
  std::vector<nlohmann::json> messages_;
  nlohmann::json hello_;
  std::vector<std::string> programs_;
  DisturbanceWatch watch_{usable_core_numbers()};  // of the run in progress
  Disturbance disturbance_;
  Services* services_ = nullptr;  // of the run in progress
  Clock::time_point deadline_;
  std::chrono::milliseconds limit_{0};
  bool told_to_end_ = false;
  bool at_end_ = false;
  bool had_begun_ = false;
  double ready_seconds_ = 0;
  nlohmann::ordered_json stacks_ = nlohmann::ordered_json::array();
  std::string stacks_signal_;
  std::string said_;
};

}  // namespace gilbench
