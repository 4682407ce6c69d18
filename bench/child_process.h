// A child of the harness: how it is started, watched and ended. The one launcher of bench/.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <string>
#include <vector>

namespace gilbench {

// What becomes a child: a program, and which of our descriptors it has. It has no others.
struct ChildPlan {
  std::string path;
  std::vector<std::string> arguments = {};  // without the program's name
  int input = -1;                           // becomes 0; -1: /dev/null
  int output = -1;                          // becomes 1; -1: it has ours
  int error = -1;                           // becomes 2; -1: it has ours
  int kept = -1;                            // one more, under its number here; -1: none
  int death_signal = 0;                     // what the kernel sends it when this process dies
  bool own_group = false;                   // it leads a process group of its own
};

// "killed by SIGSEGV", "ended with exit status 3".
std::string describe_end(int wait_status);
// "SIGSEGV".
std::string signal_name(int number);

// Owns the child and, where it leads a group, the group's members: after end() none is left. It
// counts on PR_SET_CHILD_SUBREAPER, which adopt_orphans() sets: the members whose parent has died
// are then this process's to wait for.
class ChildProcess {
 public:
  ChildProcess() = default;
  // Throws std::system_error where the child cannot be made. A program that cannot be run ends with
  // exit status 127.
  explicit ChildProcess(const ChildPlan& plan);
  ~ChildProcess() { end(); }
  ChildProcess(ChildProcess&& other) noexcept;
  ChildProcess& operator=(ChildProcess&& other) noexcept;

  pid_t pid() const { return pid_; }
  // Whether it has ended by now; from then on wait_status() tells how.
  bool has_ended() noexcept;
  int wait_status() const { return status_; }
  // Whether a signal (SIGSTOP) holds it.
  bool is_stopped() noexcept;
  bool ends_within(std::chrono::milliseconds limit) noexcept;
  void send(int signal) const noexcept;
  // Ends it and its group by force, and waits for all of them.
  void end() noexcept;

 private:
  void look() noexcept;
  void reap_group() noexcept;

  pid_t pid_ = -1;
  bool leads_group_ = false;
  bool ended_ = false;
  bool stopped_ = false;
  int status_ = 0;
};

// Makes this process the parent of those whose parent has died, among its descendants.
void adopt_orphans() noexcept;

}  // namespace gilbench
