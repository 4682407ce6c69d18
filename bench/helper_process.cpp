#include "bench/helper_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gilbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kStopLimit{1'000};  // of each: closing its stdin, then SIGTERM

// The same descriptor above the standard ones, which are free where the harness itself was started
// without: dup2() of such an end to its own number would leave it to be closed by exec.
int above_standard(int descriptor) {
  if (descriptor > STDERR_FILENO) return descriptor;
  const int moved = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
  const int error = errno;
  close(descriptor);
  errno = error;
  return moved;
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  bool open() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return false;
    read_end = above_standard(ends[0]);
    write_end = above_standard(ends[1]);
    return read_end >= 0 && write_end >= 0;
  }
  Pipe() = default;
  ~Pipe() {
    if (read_end >= 0) close(read_end);
    if (write_end >= 0) close(write_end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
};

// Between fork and exec: async-signal-safe calls only.
[[noreturn]] void become(const char* path, char* const arguments[], const Pipe& input,
                         const Pipe& output, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(0);  // the parent died before the line above
  dup2(input.read_end, STDIN_FILENO);
  dup2(output.write_end, STDOUT_FILENO);
  execv(path, arguments);
  _exit(127);
}

bool ended_within(pid_t pid, milliseconds limit) {
  const auto deadline = steady_clock::now() + limit;
  for (;;) {
    const pid_t ended = waitpid(pid, nullptr, WNOHANG);
    if (ended == pid || (ended < 0 && errno == ECHILD)) return true;
    if (steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(milliseconds(2));
  }
}

}  // namespace

HelperProcess::HelperProcess(std::string name, std::vector<std::string> flags)
    : name_(std::move(name)) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  std::string path = (self.parent_path() / name_).string();
  if (access(path.c_str(), X_OK) != 0) fail(path + ": " + std::strerror(errno));

  std::vector<char*> arguments{path.data()};
  for (std::string& flag : flags) arguments.push_back(flag.data());
  arguments.push_back(nullptr);
  Pipe input;
  Pipe output;
  if (!input.open() || !output.open()) fail(std::strerror(errno));
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) fail(std::strerror(errno));
  if (pid_ == 0) become(path.c_str(), arguments.data(), input, output, parent);
  stdin_ = std::exchange(input.write_end, -1);
  stdout_ = std::exchange(output.read_end, -1);
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
    pollfd ready{stdout_, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(left.count()));
    if (count < 0 && errno != EINTR) fail(std::strerror(errno));
    if (count <= 0) continue;
    char buffer[1024];
    const ssize_t got = read(stdout_, buffer, sizeof buffer);
    if (got <= 0) fail("ended before it said what it was asked for");
    text_.append(buffer, static_cast<std::size_t>(got));
  }
}

void HelperProcess::stop() noexcept {
  if (pid_ < 0) return;
  close(std::exchange(stdin_, -1));
  close(std::exchange(stdout_, -1));
  const pid_t pid = std::exchange(pid_, -1);
  if (ended_within(pid, kStopLimit)) return;
  kill(pid, SIGTERM);
  if (ended_within(pid, kStopLimit)) return;
  kill(pid, SIGKILL);
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void HelperProcess::fail(const std::string& what) const {
  throw std::runtime_error(name_ + ": " + what);
}

}  // namespace gilbench
