// How a binary that a user starts ends: its exit statuses, and the errors that it tells him.
#pragma once

#include <functional>
#include <stdexcept>
#include <string>

namespace gilbench {

inline constexpr int kExitOk = 0;
inline constexpr int kExitFailed = 1;
inline constexpr int kExitUsage = 2;  // nothing was run
inline constexpr int kExitInterrupted = 130;

// A command line, or a file named by it, that cannot be used; what() is one line, with what can.
struct UsageError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// A user's program that cannot be used; what() names the program's file, and is told as it is.
struct SourceError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// Runs `body` with_standard_streams() and returns its exit status. An exception ends it with
// kExitUsage for the two above and kExitFailed for any other, and is told on standard error as
// "BINARY: what()".
int exit_status_of(const std::string& binary, const std::function<int()>& body);

}  // namespace gilbench
