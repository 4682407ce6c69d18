// Forks and execs, follows a child by waitpid(), and kills it with all members of its group.
// Between fork() and exec() only async-signal-safe calls are made.
#include "bench/child_process.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>
#include <utility>

#include "runtime/support/descriptor.h"

namespace gilbench {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr unsigned kCloseOnExec = 1U << 2;  // CLOSE_RANGE_CLOEXEC, of Linux 5.11

// ---- between fork and exec: async-signal-safe calls only ----

void close_on_exec(unsigned first, unsigned last) {
  if (first > last || syscall(SYS_close_range, first, last, kCloseOnExec) == 0) return;
  rlimit limit{};  // an older kernel
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const auto most = static_cast<unsigned>(std::min<rlim_t>(limit.rlim_cur, 65'536));
  for (unsigned number = first; number <= std::min(last, most); ++number) {
    fcntl(static_cast<int>(number), F_SETFD, FD_CLOEXEC);
  }
}

void keep_only(int kept) {
  constexpr unsigned kLast = ~0U;
  constexpr unsigned kFirst = STDERR_FILENO + 1;
  if (kept < 0) return close_on_exec(kFirst, kLast);
  const auto number = static_cast<unsigned>(kept);
  if (number > kFirst) close_on_exec(kFirst, number - 1);
  close_on_exec(number + 1, kLast);
  fcntl(kept, F_SETFD, 0);
}

[[noreturn]] void become(const ChildPlan& plan, int input, char* const arguments[], pid_t parent) {
  if (plan.death_signal != 0) prctl(PR_SET_PDEATHSIG, plan.death_signal);
  if (getppid() != parent) _exit(0);  // the parent died before the line above
  if (plan.own_group) setpgid(0, 0);
  dup2(input, STDIN_FILENO);
  if (plan.output >= 0) dup2(plan.output, STDOUT_FILENO);
  if (plan.error >= 0) dup2(plan.error, STDERR_FILENO);
  keep_only(plan.kept);
  execv(plan.path.c_str(), arguments);
  _exit(127);
}

}  // namespace

std::string signal_name(int number) {
  const char* name = sigabbrev_np(number);
  return name == nullptr ? "signal " + std::to_string(number) : std::string("SIG") + name;
}

std::string describe_end(int wait_status) {
  if (WIFSIGNALED(wait_status)) return "was killed by " + signal_name(WTERMSIG(wait_status));
  return "ended with exit status " + std::to_string(WEXITSTATUS(wait_status));
}

ChildProcess::ChildProcess(const ChildPlan& plan) : leads_group_(plan.own_group) {
  Descriptor nothing;
  if (plan.input < 0) {
    nothing = moved_up(Descriptor(open("/dev/null", O_RDONLY | O_CLOEXEC)), STDERR_FILENO + 1);
    if (!nothing.is_open()) throw std::system_error(errno, std::generic_category(), "/dev/null");
  }
  const int input = plan.input < 0 ? nothing.get() : plan.input;
  std::string path = plan.path;
  std::vector<std::string> words = plan.arguments;
  std::vector<char*> arguments{path.data()};
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "cannot make a process");
  if (pid_ == 0) become(plan, input, arguments.data(), parent);
  if (leads_group_) setpgid(pid_, pid_);  // whoever comes first: both may rely on it
}

ChildProcess::ChildProcess(ChildProcess&& other) noexcept { *this = std::move(other); }

ChildProcess& ChildProcess::operator=(ChildProcess&& other) noexcept {
  end();
  pid_ = std::exchange(other.pid_, -1);
  leads_group_ = other.leads_group_;
  ended_ = other.ended_;
  stopped_ = other.stopped_;
  status_ = other.status_;
  return *this;
}

void ChildProcess::look() noexcept {
  while (pid_ >= 0 && !ended_) {
    int status = 0;
    const pid_t found = waitpid(pid_, &status, WNOHANG | WUNTRACED | WCONTINUED);
    if (found < 0 && errno == ECHILD) ended_ = true;
    if (found != pid_) return;
    if (WIFSTOPPED(status)) {
      stopped_ = true;
    } else if (WIFCONTINUED(status)) {
      stopped_ = false;
    } else {
      ended_ = true;
      status_ = status;
    }
  }
}

bool ChildProcess::has_ended() noexcept {
  look();
  return pid_ < 0 || ended_;
}

bool ChildProcess::is_stopped() noexcept {
  look();
  return stopped_ && !ended_;
}

bool ChildProcess::ends_within(milliseconds limit) noexcept {
  const auto deadline = steady_clock::now() + limit;
  while (!has_ended()) {
    if (steady_clock::now() >= deadline) return false;
    std::this_thread::sleep_for(milliseconds(1));
  }
  return true;
}

void ChildProcess::send(int signal) const noexcept {
  if (pid_ > 0 && !ended_) kill(pid_, signal);
}

void ChildProcess::end() noexcept {
  if (pid_ < 0) return;
  if (!ended_) kill(pid_, SIGKILL);
  while (!ended_) {
    int status = 0;
    const pid_t found = waitpid(pid_, &status, 0);
    if (found < 0 && errno == EINTR) continue;
    ended_ = true;
    if (found == pid_) status_ = status;
  }
  if (leads_group_) reap_group();
  pid_ = -1;
}

// The number of an ended leader is not given to another process while its group has members, nor
// while we have children in it.
void ChildProcess::reap_group() noexcept {
  constexpr milliseconds kPause{1};
  // A member whose own parent is just dying is not ours yet.
  for (int pauses = 0; pauses < 2'000;) {
    if (kill(-pid_, SIGKILL) != 0) return;  // no member is left, running or dead
    if (waitpid(-pid_, nullptr, 0) >= 0 || errno == EINTR) continue;
    std::this_thread::sleep_for(kPause);
    ++pauses;
  }
}

void adopt_orphans() noexcept { prctl(PR_SET_CHILD_SUBREAPER, 1); }

}  // namespace gilbench
