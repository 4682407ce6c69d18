#include "bench/upstream_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace gilbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds kStartLimit{10'000};
constexpr milliseconds kStopLimit{1'000};  // of each: closing its stdin, then SIGTERM

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("upstream service: " + what);
}

struct Pipe {
  int read_end = -1;
  int write_end = -1;

  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) fail(std::strerror(errno));
    read_end = ends[0];
    write_end = ends[1];
  }
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

UpstreamProcess::UpstreamProcess(int delay_ms) {
  std::error_code error;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
  const std::string path = (self.parent_path() / "upstream").string();
  if (access(path.c_str(), X_OK) != 0) fail(path + ": " + std::strerror(errno));

  std::string delay = "--delay-ms=" + std::to_string(delay_ms);
  std::string name = path;
  char* const arguments[] = {name.data(), delay.data(), nullptr};
  Pipe input;
  Pipe output;
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) fail(std::strerror(errno));
  if (pid_ == 0) become(path.c_str(), arguments, input, output, parent);
  stdin_ = std::exchange(input.write_end, -1);
  close(std::exchange(output.write_end, -1));
  try {
    read_ports(output.read_end);
  } catch (...) {
    stop();
    throw;
  }
}

UpstreamProcess::~UpstreamProcess() { stop(); }

std::vector<std::string> UpstreamProcess::environment() const {
  return {"GILBENCH_UPSTREAM_PORT=" + std::to_string(tcp_port_),
          "GILBENCH_UPSTREAM_UDP_PORT=" + std::to_string(udp_port_)};
}

void UpstreamProcess::read_ports(int descriptor) {
  const auto deadline = steady_clock::now() + kStartLimit;
  std::string text;
  while (tcp_port_ == 0 || udp_port_ == 0) {
    const auto left = std::chrono::duration_cast<milliseconds>(deadline - steady_clock::now());
    if (left.count() <= 0) fail("said no ports in time");
    pollfd ready{descriptor, POLLIN, 0};
    const int count = poll(&ready, 1, static_cast<int>(left.count()));
    if (count < 0 && errno != EINTR) fail(std::strerror(errno));
    if (count <= 0) continue;
    char buffer[256];
    const ssize_t got = read(descriptor, buffer, sizeof buffer);
    if (got <= 0) fail("ended before it said its ports");
    text.append(buffer, static_cast<std::size_t>(got));
    // Only whole lines: a port may have come in two halves.
    std::istringstream lines(text.substr(0, text.rfind('\n') + 1));
    for (std::string protocol; lines >> protocol;) {
      lines >> (protocol == "tcp" ? tcp_port_ : udp_port_);
    }
  }
}

void UpstreamProcess::stop() noexcept {
  if (pid_ < 0) return;
  close(std::exchange(stdin_, -1));
  const pid_t pid = std::exchange(pid_, -1);
  if (ended_within(pid, kStopLimit)) return;
  kill(pid, SIGTERM);
  if (ended_within(pid, kStopLimit)) return;
  kill(pid, SIGKILL);
  while (waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

}  // namespace gilbench
