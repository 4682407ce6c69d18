// Engines that run nothing and report what a workload file tells them to: the harness's tests need
// errors, kills and exact times on demand.
//
// Directives stand in the workload file, one per line, and may end in "@strategy" to mean only it:
//
//   # fake: seconds=0.5     one worker's time (0.01 unless set); fake_process divides it by workers
//   # fake: noise=0.2       the Nth run takes up to this share longer, by N
//   # fake: cpu=0.25        the workers' CPU seconds
//   # fake: uneven          one worker ran half as long as the others
//   # fake: error, or wrong, timeout, killed, leak, throw, skip: how every run ends
//   # fake: error_in=N      an error in the Nth run only
//   # fake: interrupt_in=N  as if Ctrl-C came during the Nth run
//   # fake: wait            waits until it is interrupted or out of time, in a child process too
//   # fake: metric=NAME:V    a metric; repeatable
//   # fake: call=latency 0.1  is asked by the UDP client, from now on for so long
//   # fake: environment     answers with the request's environment
//   # fake: print=TEXT     the program prints so; print_error=TEXT: to descriptor 2
//   # fake: crash=SEGV     the process raises that signal; crash_in=N SEGV: in the Nth run only
//   # fake: crash_worker=SEGV  a worker process does
//   # fake: exit=3         the process ends by itself
//   # fake: hang           neither the time limit nor an interrupt ends it
//   # fake: close_descriptors=N, or write_descriptors=N: all those from 0 (3) up to N
//   # fake: garble         writes what is no message to the process's socket
//   # fake: sleep=SECONDS  the run takes so long
//   # fake: syntax_error  what compile_file() refuses, by this line, at its end or as a whole
//   # fake: small_only      SIZES has no "full"
//
// Every run is logged as one line in the file that GILBENCH_FAKE_LOG names.

#include <netinet/in.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <thread>

#include "runtime/engine.h"
#include "runtime/program/program.h"
#include "runtime/program/tree.h"
#include "runtime/program/workload_info.h"
#include "runtime/support/crash_stacks.h"

namespace gilbench {
namespace {

constexpr std::string_view kPrefix = "# fake: ";

std::vector<std::string> read_lines(const std::string& path) {
  std::ifstream file(path);
  if (!file) throw ProgramError(path + ":1: no such file");
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// A thread that stands in line 7 of work(), should the process have to tell.
class WalkedThread {
 public:
  explicit WalkedThread(const std::string& path) : path_(path) { add_walked_thread(this, tell); }
  ~WalkedThread() { remove_walked_thread(this); }
  WalkedThread(const WalkedThread&) = delete;
  WalkedThread& operator=(const WalkedThread&) = delete;

 private:
  static void tell(const void* thread, CrashReport& report) {
    report.begin_thread(-1, true);
    report.add_frame(static_cast<const WalkedThread*>(thread)->path_, 7, "work");
    report.end_thread();
  }

  const std::string& path_;
};

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

class FakeEngine : public Engine {
 public:
  FakeEngine(std::string name, bool processes) : name_(std::move(name)), processes_(processes) {}

  RunResult run(const RunRequest& request) override {
    lines_ = request.program->source_lines;
    log(request);
    if (has("throw")) throw std::runtime_error("the engine broke");
    const WalkedThread walked(request.program->path);
    misbehave(request);
    RunResult result = measured(request);
    set_status(request, result);
    if (const auto words = directive("call")) answer_client(*words, request, result);
    return result;
  }

  ScriptResult run_script(std::shared_ptr<const Program>, const EngineOptions&) override {
    return {};
  }

 private:
  std::optional<std::string> directive(const std::string& key) const {
    const std::vector<std::string> found = directives(key);
    return found.empty() ? std::nullopt : std::optional(found.front());
  }
  std::vector<std::string> directives(const std::string& key) const {
    std::vector<std::string> found;
    for (const std::string& line : lines_) {
      if (!line.starts_with(kPrefix)) continue;
      std::string text = line.substr(kPrefix.size());
      const std::size_t at = text.find('@');
      if (at != std::string::npos && text.substr(at + 1) != name_) continue;
      text = text.substr(0, at);
      if (text == key) found.push_back("");
      if (text.starts_with(key + "=")) found.push_back(text.substr(key.size() + 1));
    }
    return found;
  }
  bool has(const std::string& key) const { return directive(key).has_value(); }

  void log(const RunRequest& request) const {
    const char* path = std::getenv("GILBENCH_FAKE_LOG");
    if (path == nullptr) return;
    std::ofstream(path, std::ios::app)
        << name_ << ' ' << request.program->path << ' ' << request.workers << ' ' << request.size
        << ' ' << request.timeout.count() << ' ' << request.options.switch_interval.count() << '\n';
  }

  void misbehave(const RunRequest& request) const {
    if (const auto text = directive("print")) say(STDOUT_FILENO, *text + "\n");
    if (const auto text = directive("print_error")) say(STDERR_FILENO, *text + "\n");
    if (const auto seconds = directive("sleep")) {
      std::this_thread::sleep_for(std::chrono::duration<double>(std::stod(*seconds)));
    }
    if (const auto name = directive("crash")) raise(signal_of(*name));
    if (const auto words = directive("crash_in")) {
      const std::size_t space = words->find(' ');
      if (words->substr(0, space) == run_number(request))
        raise(signal_of(words->substr(space + 1)));
    }
    if (const auto name = directive("crash_worker")) crash_worker(signal_of(*name));
    if (const auto status = directive("exit")) std::_Exit(std::stoi(*status));
    if (has("hang")) {
      for (;;) pause();
    }
    if (const auto last = directive("close_descriptors")) {
      for (int number = 0; number <= std::stoi(*last); ++number) close(number);
    }
    if (const auto last = directive("write_descriptors")) {
      for (int number = 3; number <= std::stoi(*last); ++number) say(number, "garbage");
    }
    if (has("garble")) {
      for (int number = 1001; number < 1100; ++number) say(number, "garbage\n");
    }
  }

  static void say(int descriptor, const std::string& text) {
    [[maybe_unused]] const ssize_t written = write(descriptor, text.data(), text.size());
  }

  static int signal_of(const std::string& name) {
    for (int number = 1; number < NSIG; ++number) {
      const char* known = sigabbrev_np(number);
      if (known != nullptr && name == known) return number;
    }
    throw std::runtime_error("no signal " + name);
  }

  static void crash_worker(int number) {
    const pid_t worker = fork();
    if (worker == 0) {
      raise(number);
      _exit(1);
    }
    waitpid(worker, nullptr, 0);
  }

  // Of this program under this strategy, counted over all processes.
  std::string run_number(const RunRequest& request) const {
    const char* path = std::getenv("GILBENCH_FAKE_LOG");
    int runs = 0;
    if (path != nullptr) {
      for (const std::string& line : read_lines(path)) {
        if (line.starts_with(name_ + ' ' + request.program->path + ' ')) ++runs;
      }
    }
    return std::to_string(runs);
  }

  RunResult measured(const RunRequest& request) const {
    RunResult result;
    const auto workers = static_cast<std::size_t>(request.workers);
    double alone = std::stod(directive("seconds").value_or("0.01"));
    if (const auto share = directive("noise")) {
      const int tenths = std::stoi(run_number(request)) * 7 % 10;
      alone *= 1 + std::stod(*share) * tenths / 10;
    }
    result.seconds = processes_ ? alone / request.workers : alone;
    result.startup_seconds = 0.001 * request.workers;
    result.worker_seconds.assign(workers, result.seconds);
    result.usage.cpu_seconds = std::stod(directive("cpu").value_or("0"));
    result.usage.voluntary_switches = 1000;
    result.usage.involuntary_switches = 2000;
    result.usage.core_wait_seconds = (result.startup_seconds + result.seconds) / 10;
    result.usage.running_seconds = result.worker_seconds;
    if (has("uneven")) result.usage.running_seconds[0] /= 2;
    if (!processes_) result.usage.longest_wait_seconds = 0.005;
    result.pss_bytes = (10 + 2 * request.workers) << 20;
    if (processes_) {
      result.transfer_seconds = 0.0005;
      result.bytes_written_after_fork = 4096 * request.workers;
      result.children_peak_rss_bytes = 1 << 20;
    }
    result.answer = result.expected = "42";
    for (const std::string& metric : directives("metric")) {
      const std::size_t colon = metric.find(':');
      result.metrics[metric.substr(0, colon)] = std::stod(metric.substr(colon + 1));
    }
    if (has("environment")) {
      for (const std::string& pair : request.environment) result.answer += " " + pair;
    }
    return result;
  }

  void set_status(const RunRequest& request, RunResult& result) const {
    const std::string run = run_number(request);
    if (has("error") || directive("error_in") == run) {
      result.status = RunStatus::kError;
      result.message = "Traceback (most recent call last):\n  File \"" + request.program->path +
                       "\", line 7, in work\nValueError: told to\n";
    } else if (has("wrong")) {
      result.status = RunStatus::kWrongAnswer;
      result.answer = "41";
    } else if (has("timeout")) {
      result.status = RunStatus::kTimeout;
      result.message = "timeout after 60 s";
    } else if (has("killed")) {
      result.status = RunStatus::kKilled;
      result.message = "worker 1 was killed by SIGKILL";
    } else if (has("skip")) {
      result.status = RunStatus::kSkipped;
      result.message = "told to skip";
    } else if (has("leak")) {
      result.leaked_objects = 3;
    } else if (directive("interrupt_in") == run) {
      request_interrupt();
      result.status = RunStatus::kInterrupted;
    } else if (has("wait")) {
      result.status = wait(request);
    }
  }

  // As an engine of processes does: a child that outlives nothing, and a parent that looks up
  // often.
  RunStatus wait(const RunRequest& request) const {
    const pid_t parent = getpid();
    const pid_t child = processes_ ? fork() : -1;
    if (child == 0) {
      prctl(PR_SET_PDEATHSIG, SIGKILL);
      if (getppid() != parent) _exit(0);  // the parent died before the line above
      for (;;) pause();
    }
    const auto deadline = std::chrono::steady_clock::now() + request.timeout;
    while (!interrupt_requested() && std::chrono::steady_clock::now() < deadline) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    if (child > 0) {
      kill(child, SIGKILL);
      waitpid(child, nullptr, 0);
    }
    return interrupt_requested() ? RunStatus::kInterrupted : RunStatus::kTimeout;
  }

  // What worker 0 of a mixed workload does.
  static void answer_client(std::string words, const RunRequest& request, RunResult& result) {
    const std::chrono::duration<double> now = std::chrono::steady_clock::now().time_since_epoch();
    words.insert(words.find(' '), " " + std::to_string(now.count()));
    constexpr std::string_view kName = "GILBENCH_UDP_CLIENT_PORT=";
    sockaddr_in client{};
    client.sin_family = AF_INET;
    client.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (const std::string& pair : request.environment) {
      if (!pair.starts_with(kName)) continue;
      client.sin_port = htons(static_cast<std::uint16_t>(std::stoi(pair.substr(kName.size()))));
    }
    const int endpoint = socket(AF_INET, SOCK_DGRAM, 0);
    const auto* address = reinterpret_cast<const sockaddr*>(&client);
    sendto(endpoint, words.data(), words.size(), 0, address, sizeof client);
    char datagram[2048];
    std::string_view last;
    std::int64_t answered = -1;
    for (; last != "stop"; ++answered) {
      const ssize_t size = recv(endpoint, datagram, sizeof datagram, 0);
      last = {datagram, static_cast<std::size_t>(size)};
      sendto(endpoint, datagram, last.size(), 0, address, sizeof client);
    }
    close(endpoint);
    result.metrics["answered"] = static_cast<double>(answered);
  }

  std::string name_;
  bool processes_;
  std::vector<std::string> lines_;
};

constexpr std::array<StrategyInfo, 2> kStrategies{{
    {.name = "fake_lock",
     .summary = "no worker is faster than one",
     .workers_share_objects = true,
     .make_engine = []() -> std::unique_ptr<Engine> {
       return std::make_unique<FakeEngine>("fake_lock", false);
     },
     .has_switch_interval = true},
    {.name = "fake_process",
     .summary = "every worker adds its whole speed",
     .workers_share_objects = false,
     .make_engine = []() -> std::unique_ptr<Engine> {
       return std::make_unique<FakeEngine>("fake_process", true);
     },
     .workers_are_processes = true},
}};

}  // namespace

std::span<const StrategyInfo> strategies() { return kStrategies; }

const StrategyInfo* find_strategy(std::string_view name) {
  const auto found = std::find_if(kStrategies.begin(), kStrategies.end(),
                                  [name](const StrategyInfo& info) { return info.name == name; });
  return found == kStrategies.end() ? nullptr : &*found;
}

// The text itself is handed on as the program's tree.
std::string print_tree(const std::string& path) {
  const std::vector<std::string> lines = read_lines(path);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].ends_with("# fake: syntax_error")) {
      throw ProgramError(path + ":" + std::to_string(i + 1) + ": SyntaxError: invalid syntax");
    }
    text += lines[i] + '\n';
  }
  return text;
}

std::shared_ptr<const Program> compile(const std::string& tree, const std::string& path) {
  auto program = std::make_shared<Program>();
  program->path = path;
  program->source_lines = lines_of(tree);
  return program;
}

WorkloadInfo workload_info_of_tree(const std::string& tree, const std::string& path) {
  WorkloadInfo info;
  info.sharing = "none";
  info.sizes = {"small", "full"};
  bool has_work = false;
  for (const std::string& line : lines_of(tree)) {
    if (info.doc.empty() && line.starts_with("\"\"\"")) info.doc = line.substr(3, line.size() - 6);
    if (line.starts_with("SHARING = \"")) info.sharing = line.substr(11, line.size() - 12);
    if (line == "# fake: small_only") info.sizes = {"small"};
    if (line == "FIXED_DURATION = True") info.fixed_duration = true;
    if (line == "NEEDS = (\"upstream\",)") info.needs_upstream = true;
    if (line == "NEEDS = (\"udp_client\",)") info.needs_udp_client = true;
    has_work = has_work || line.starts_with("def work(");
  }
  if (!has_work) {
    throw ProgramError(path + ":1: no function work(state, size, worker, workers)");
  }
  return info;
}

}  // namespace gilbench
