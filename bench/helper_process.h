// A program of ours beside this one, run as a child for as long as somebody needs it.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

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

  // Ends it, by force where it does not end by itself.
  void stop() noexcept;

  [[noreturn]] void fail(const std::string& what) const;

 private:
  std::string name_;
  pid_t pid_ = -1;
  int stdin_ = -1;    // our end; closing it ends the child
  int stdout_ = -1;   // our end
  std::string text_;  // read from it and not yet asked for
};

}  // namespace gilbench
