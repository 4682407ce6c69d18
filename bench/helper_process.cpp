// Starts the program from this executable's own folder, with pipes to its stdin and stdout. It is
// stopped in three steps: its stdin is closed, then SIGTERM, then SIGKILL.
#include "bench/helper_process.h"

#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <utility>

namespace gilbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kStopLimit{1'000};  // of each: closing its stdin, then SIGTERM

}  // namespace

HelperProcess::HelperProcess(std::string name, std::vector<std::string> flags)
    : name_(std::move(name)) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string path = (self.parent_path() / name_).string();
  if (access(path.c_str(), X_OK) != 0) fail(path + ": " + std::strerror(errno));

  Pipe input;
  Pipe output;
  if (!input.open() || !output.open()) fail(std::strerror(errno));
  try {
    child_ = ChildProcess({.path = path,
                           .arguments = std::move(flags),
                           .input = input.read_end.get(),
                           .output = output.write_end.get(),
                           .death_signal = SIGTERM});
  } catch (const std::exception& failure) {
    fail(failure.what());
  }
  stdin_ = std::move(input.write_end);
  stdout_ = std::move(output.read_end);
}

HelperProcess::~HelperProcess() { stop(); }

std::string HelperProcess::read_line(milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  for (;;) {
    const std::size_t end = text_.find('\n');
    if (end != std::string::npos) {
      std::string line = text_.substr(0, end);
      text_.erase(0, end + 1);
      return line;
    }
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    if (left.count() <= 0) fail("said nothing in time");
    pollfd ready{stdout_.get(), POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(left.count()));
    if (count < 0 && errno != EINTR) fail(std::strerror(errno));
    if (count <= 0) continue;
    char buffer[1024];
    const ssize_t got = read(stdout_.get(), buffer, sizeof buffer);
    if (got <= 0) fail("ended before it said what it was asked for");
    text_.append(buffer, static_cast<std::size_t>(got));
  }
}

std::string HelperProcess::death() {
  return child_.has_ended() ? name_ + " " + describe_end(child_.wait_status()) : std::string();
}

void HelperProcess::stop() noexcept {
  stdin_.reset();
  stdout_.reset();
  if (child_.ends_within(kStopLimit)) return;
  child_.send(SIGTERM);
  if (child_.ends_within(kStopLimit)) return;
  child_.end();
}

void HelperProcess::fail(const std::string& what) const {
  throw std::runtime_error(name_ + ": " + what);
}

}  // namespace gilbench
