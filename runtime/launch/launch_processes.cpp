// Workers in processes: forked after setup(), started together, results read back through pipes.
//
// Pipes: `go` holds the workers back, each reads from it until the parent closes its end: the
// barrier's fall. `rest` holds them back once more, when they have worked: the parent measures the
// memory of all while all live. Each worker has one for its report: a byte when it is ready, a
// Header when its time has ended, then, after `rest`, the result's bytes, then its end. A worker
// that has failed waits for nobody. Times are CLOCK_MONOTONIC's, which all processes share.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>

#include "runtime/interpreter/builtins.h"
#include "runtime/interpreter/unwind.h"
#include "runtime/launch/launch.h"
#include "runtime/launch/transfer.h"
#include "runtime/objects/errors.h"
#include "runtime/support/process_memory.h"
#include "runtime/support/worker_clocks.h"

GILBENCH_BEGIN

namespace {

struct Header {
  bool failed;          // the bytes that follow are a traceback
  std::int64_t end_ns;  // when the result had been serialised
  double serialize_seconds;
  std::int64_t private_dirty_bytes;
  CollectorStats collections;
};

std::int64_t now_ns() { return Clock::now().time_since_epoch().count(); }

void check(int outcome, const char* what) {
  if (outcome < 0) raise(X::OSError, what, ": ", std::strerror(errno));
}

// A pipe whose ends lie above the descriptors that a program comes to when it closes or writes to
// all that it can think of; where there is no room, they stay where they are.
int pipe_out_of_reach(int ends[2]) {
  constexpr int kOutOfReach = 1001;
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; ++i) {
    const int moved = fcntl(ends[i], F_DUPFD, kOutOfReach);
    if (moved < 0) continue;
    close(ends[i]);
    ends[i] = moved;
  }
  return 0;
}

// Waits until the parent closes its end.
void wait_for_close(int pipe) {
  char byte;
  while (read(pipe, &byte, 1) < 0 && errno == EINTR) {
  }
}

void write_all(int fd, const void* data, std::size_t size) {
  const char* bytes = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = write(fd, bytes, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) _exit(1);  // the parent has gone
    bytes += written;
    size -= static_cast<std::size_t>(written);
  }
}

// noexcept: an error that left it would unwind the parent's frames, of which the child has a copy,
// and the child would go on as a second harness.
[[noreturn]] void run_worker(const LaunchRequest& request, int worker, WorkerClocks& clocks, int go,
                             int rest, int report) noexcept {
  const char ready = 'r';
  clocks.arrive(worker);
  write_all(report, &ready, 1);
  wait_for_close(go);
  clocks.start(worker);
  this_thread().world.collector.forget();
  WorkerOutcome outcome = call_work(request, worker);
  flush_output(this_thread().world);
  const std::int64_t computed_ns = now_ns();
  std::string bytes;
  if (outcome.error.empty()) {
    const Ref<Exception> error = error_of([&] { bytes = serialize(outcome.part.get()); });
    if (error) outcome.error = tell(error.get());
  }
  const bool failed = !outcome.error.empty();
  if (failed) bytes.swap(outcome.error);
  Header header{failed, now_ns(), 0, 0, this_thread().world.collector.stats()};
  clocks.end(worker);
  clocks.compare();
  header.serialize_seconds = static_cast<double>(header.end_ns - computed_ns) * 1e-9;
  header.private_dirty_bytes = memory_bytes("Private_Dirty");  // written after the fork
  write_all(report, &header, sizeof header);
  if (!failed) wait_for_close(rest);
  clocks.leave(worker);
  write_all(report, bytes.data(), bytes.size());
  _exit(0);
}

struct Child {
  pid_t pid = -1;
  int report = -1;  // -1 once it is closed
  std::string received;
  int wait_status = 0;
  bool put_down = false;  // killed by the parent, because another worker had failed
};

constexpr std::size_t kBeforeResult = 1 + sizeof(Header);
bool has_header(const Child& child) { return child.received.size() >= kBeforeResult; }
Header header_of(const Child& child) {
  Header header;
  std::memcpy(&header, child.received.data() + 1, sizeof header);
  return header;
}
// It has worked, and waits for the parent to close `rest`.
bool rests(const Child& child) { return has_header(child) && !header_of(child).failed; }

class Children {
 public:
  explicit Children(int count)
      : clocks_(count, WorkerClocks::Of::kProcess), children_(static_cast<std::size_t>(count)) {}
  // Whatever happens, no child and no pipe is left behind.
  ~Children() {
    kill_all();
    for (Child& child : children_) close_end(child.report);
    for (const int end : {go_[0], go_[1], rest_[0], rest_[1]}) {
      if (end >= 0) close(end);
    }
    reap(nullptr);
  }
  Children(const Children&) = delete;
  Children& operator=(const Children&) = delete;

  void fork_all(const LaunchRequest& request) {
    check(pipe_out_of_reach(go_), "pipe");
    check(pipe_out_of_reach(rest_), "pipe");
    for (std::size_t i = 0; i < children_.size(); ++i) {
      int report[2];
      check(pipe_out_of_reach(report), "pipe");
      const pid_t parent = getpid();
      const pid_t pid = fork();
      if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent) _exit(1);
        signal(SIGINT, SIG_IGN);  // Ctrl-C is the parent's to deal with
        close(go_[1]);
        close(rest_[1]);
        close(report[0]);
        for (Child& other : children_) {
          if (other.report >= 0) close(other.report);
        }
        run_worker(request, static_cast<int>(i), clocks_, go_[0], rest_[0], report[1]);
      }
      close(report[1]);
      children_[i].report = report[0];
      check(pid, "fork");
      children_[i].pid = pid;
    }
  }

  void let_go() { close_end(go_[1]); }
  void let_rest() { close_end(rest_[1]); }

  // All of them together, and this process.
  std::int64_t pss_bytes() const {
    std::int64_t bytes = memory_bytes("Pss");
    for (const Child& child : children_) {
      if (child.report >= 0) bytes += memory_bytes("Pss", child.pid);
    }
    return bytes;
  }
  WorkersUsage usage() const { return clocks_.usage(); }

  // Reads until `enough(child)` holds for each child or its pipe has ended. False when the run's
  // time is up or it was interrupted; then the children have been killed.
  template <class Enough>
  bool read_until(Clock::time_point end, RunResult* result, Enough&& enough) {
    for (;;) {
      std::vector<pollfd> polls;
      std::vector<Child*> owners;
      for (Child& child : children_) {
        if (child.report < 0 || enough(child)) continue;
        polls.push_back({child.report, POLLIN, 0});
        owners.push_back(&child);
      }
      if (polls.empty()) return true;
      const int ready = poll(polls.data(), polls.size(), 50);
      if (interrupt_requested() || Clock::now() >= end) {
        result->status = interrupt_requested() ? RunStatus::kInterrupted : RunStatus::kTimeout;
        kill_all();
        return false;
      }
      if (ready <= 0) continue;
      for (std::size_t i = 0; i < polls.size(); ++i) {
        if (polls[i].revents == 0) continue;
        read_some(*owners[i]);
        if (has_failed(*owners[i])) put_down_others();
      }
    }
  }

  void reap(RunResult* result) {
    for (Child& child : children_) {
      if (child.pid < 0) continue;
      rusage usage{};
      while (wait4(child.pid, &child.wait_status, 0, &usage) < 0 && errno == EINTR) {
      }
      child.pid = -1;
      if (result != nullptr) result->children_peak_rss_bytes += usage.ru_maxrss * 1024;
    }
  }

  std::vector<Child>& all() { return children_; }

 private:
  void kill_all() {
    for (const Child& child : children_) {
      if (child.pid > 0) kill(child.pid, SIGKILL);
    }
  }
  // It ended without a result.
  static bool has_failed(const Child& child) {
    if (child.report >= 0) return false;
    return !has_header(child) || header_of(child).failed;
  }
  // The others may wait for it in vain, and their results are of no use any more.
  void put_down_others() {
    for (Child& child : children_) child.put_down = child.put_down || child.report >= 0;
    kill_all();
  }
  static void close_end(int& end) {
    if (end >= 0) close(end);
    end = -1;
  }
  static void read_some(Child& child) {
    char buffer[65536];
    const ssize_t size = read(child.report, buffer, sizeof buffer);
    if (size > 0) {
      child.received.append(buffer, static_cast<std::size_t>(size));
    } else if (size == 0 || errno != EINTR) {
      close_end(child.report);
    }
  }

  WorkerClocks clocks_;
  std::vector<Child> children_;
  int go_[2] = {-1, -1};
  int rest_[2] = {-1, -1};
};

// Null when the worker did not report in full.
const char* signal_that_ended(const Child& child) {
  if (!WIFSIGNALED(child.wait_status)) return nullptr;
  const char* name = sigabbrev_np(WTERMSIG(child.wait_status));
  return name == nullptr ? "an unknown signal" : name;
}

WorkerOutcome outcome_of(const Child& child, std::int64_t started_ns, RunResult* result) {
  WorkerOutcome outcome;
  if (child.put_down && child.wait_status != 0) {
    outcome.interrupted = true;
    outcome.error = "ended because another worker failed";
    return outcome;
  }
  if (!has_header(child) || child.wait_status != 0) {
    result->status = RunStatus::kKilled;
    const char* signal = signal_that_ended(child);
    outcome.error = signal != nullptr ? std::string("was killed by SIG") + signal
                                      : "ended without a result, with exit status " +
                                            std::to_string(WEXITSTATUS(child.wait_status));
    return outcome;
  }
  const Header header = header_of(child);
  const std::string_view bytes = std::string_view(child.received).substr(kBeforeResult);
  outcome.seconds = static_cast<double>(header.end_ns - started_ns) * 1e-9;
  result->transfer_seconds += header.serialize_seconds;
  result->bytes_written_after_fork += header.private_dirty_bytes;
  this_thread().world.collector.record(header.collections);
  if (header.failed) {
    outcome.error = bytes;
  } else {
    outcome.part = deserialize(bytes);
  }
  return outcome;
}

}  // namespace

WorkerOutcomes launch_processes(const LaunchRequest& request, RunResult* result) {
  WorkerOutcomes outcomes;
  Children children(request.workers);
  flush_output(this_thread().world);  // or each worker would print it again
  const std::int64_t launched_ns = now_ns();
  children.fork_all(request);
  if (!children.read_until(request.end, result, [](const Child& c) { return !c.received.empty(); }))
    return outcomes;
  const std::int64_t started_ns = now_ns();
  children.let_go();
  result->startup_seconds = static_cast<double>(started_ns - launched_ns) * 1e-9;
  if (!children.read_until(request.end, result, rests)) return outcomes;
  const std::int64_t resting_ns = now_ns();
  result->pss_bytes = children.pss_bytes();
  const std::int64_t measuring_ns = now_ns() - resting_ns;
  children.let_rest();
  if (!children.read_until(request.end, result, [](const Child&) { return false; }))
    return outcomes;
  const std::int64_t received_ns = now_ns();
  children.reap(result);
  result->usage = children.usage();
  std::int64_t last_end_ns = started_ns;
  int worker = 0;
  for (const Child& child : children.all()) {
    outcomes.push_back(outcome_of(child, started_ns, result));
    WorkerOutcome& outcome = outcomes.back();
    if (result->status == RunStatus::kKilled && !outcome.error.empty() && result->message.empty()) {
      result->message = "worker " + std::to_string(worker) + " " + outcome.error;
    }
    last_end_ns =
        std::max(last_end_ns, started_ns + static_cast<std::int64_t>(outcome.seconds * 1e9));
    ++worker;
  }
  // Serialising, and from the last worker's end until everything is read and made into objects
  // again; but not while memory was measured.
  result->transfer_seconds += static_cast<double>(received_ns - last_end_ns - measuring_ns) * 1e-9 +
                              static_cast<double>(now_ns() - received_ns) * 1e-9;
  return outcomes;
}

GILBENCH_END
