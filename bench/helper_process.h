// A program of ours beside this one, run as a child for as long as somebody needs it.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "bench/child_process.h"
#include "runtime/support/descriptor.h"

namespace gilbench {

// Owns the child. It ends when its stdin closes, and the kernel ends it should this process die
// first.
class HelperProcess {
 public:
  // Starts the program `name`, found beside this process's own executable, with `flags`. Throws
  // std::runtime_error, as everything here does; messages begin with the name.
  HelperProcess(std::string name, std::vector<std::string> flags);
  ~HelperProcess();
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  // The next line that it prints, without its end; waits no longer than `limit`.
  std::string read_line(std::chrono::milliseconds limit);
  // For its first line.
  static constexpr std::chrono::milliseconds kStartLimit{10'000};

  pid_t pid() const { return child_.pid(); }
  // How it has ended, as in "upstream was killed by SIGKILL"; empty while it runs.
  std::string death();
  // It was ended by a signal, or by itself with an exit status that tells of a failure.
  bool was_killed() { return child_.has_ended() && child_.wait_status() != 0; }

  // Ends it, by force where it does not end by itself.
  void stop() noexcept;

  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string name_;
  ChildProcess child_;
  Descriptor stdin_;  // our end; closing it ends the child
  Descriptor stdout_;
  std::string text_;  // read from it and not yet asked for
};

}  // namespace gilbench
