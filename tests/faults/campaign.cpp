// Forked runs, each with one call that fails: see campaign.h.
#include "tests/faults/campaign.h"

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <iterator>
#include <map>
#include <memory>
#include <string_view>

namespace gilbench::faults {
namespace {

constexpr unsigned kHangs_s = 60;
constexpr std::chrono::milliseconds kTimeout{20'000};

// How a forked run ends, beside by a signal.
enum Exit { kRight = 0, kRightUnreached = 10, kNamed = 11, kWrong = 12 };

constexpr std::array<std::pair<Kind, const char*>, 7> kKinds = {{{kMemory, "memory"},
                                                                 {kThread, "thread"},
                                                                 {kFork, "fork"},
                                                                 {kPipe, "pipe"},
                                                                 {kSocketpair, "socketpair"},
                                                                 {kOpen, "open"},
                                                                 {kWrite, "write"}}};

// Compiled once, for all campaigns.
std::shared_ptr<const Program> program_of(const std::string& name) {
  static std::map<std::string, std::shared_ptr<const Program>> programs;
  std::shared_ptr<const Program>& program = programs[name];
  if (program == nullptr) {
    program = compile_file(GILBENCH_SOURCE_DIR "/tests/faults/programs/" + name + ".py");
  }
  return program;
}

struct Ended {
  std::string error;  // empty: the answer was right
  std::int64_t leaked_objects = 0;
};

Ended run_program(Engine& engine, const std::string& name) {
  if (name == "script") {
    ScriptResult result = engine.run_script(program_of(name), {});
    static const std::string first = result.output;
    if (result.error.empty() && result.output != first) result.error = "wrong output";
    return {result.error, result.leaked_objects};
  }
  RunRequest request;
  request.program = program_of(name);
  request.workers = 2;
  request.timeout = kTimeout;
  RunResult result = engine.run(request);
  if (result.status == RunStatus::kOk) return {"", result.leaked_objects};
  return {result.message.empty() ? "no message" : result.message, result.leaked_objects};
}

// Whether an error says what there was not enough of: an exception of the program's, or one line.
bool names_shortage(const std::string& error) {
  // A worker's process that could not write its report.
  if (error.starts_with("worker ") && error.find("ended without a result") != std::string::npos) {
    return error.find('\n') == std::string::npos;
  }
  const std::size_t end = error.rfind('\n');
  const std::string_view line =
      std::string_view(error).substr(end == std::string::npos ? 0 : end + 1);
  constexpr std::string_view kNames[] = {"MemoryError", "OSError", "BlockingIOError",
                                         "RuntimeError: can't start new thread", "RuntimeError"};
  return std::any_of(std::begin(kNames), std::end(kNames), [line](std::string_view name) {
    return name == "RuntimeError" ? line == name : line.starts_with(name);
  });
}

// Runs until what is made once for a process, and kept, is there: a run then leaves no block more.
void warm_up(const Campaign& campaign) {
  constexpr int kMostRuns = 100;  // biased counts keep 64 lists of owners, and fill one a run
  const std::unique_ptr<Engine> engine = campaign.strategy->make_engine();
  run_program(*engine, campaign.program);
  long before = 0;
  for (int i = 0; i < kMostRuns && before != blocks_held(); ++i) {
    before = blocks_held();
    run_program(*engine, "script");
  }
}

// In the forked process.
Exit judge(const Campaign& campaign, long n) {
  const std::unique_ptr<Engine> engine = campaign.strategy->make_engine();
  const long before = blocks_held();
  bool right = false;
  {
    arm(campaign.kind, n, campaign.from);
    const Ended ended = run_program(*engine, campaign.program);
    disarm();
    right = ended.error.empty();
    if (!right && !names_shortage(ended.error)) {
      std::fprintf(stderr, "%s n=%ld: %s\n", campaign.name().c_str(), n, ended.error.c_str());
      return kWrong;
    }
    if (ended.leaked_objects != 0) {
      std::fprintf(stderr, "%s n=%ld: %lld objects leaked (%s)\n", campaign.name().c_str(), n,
                   static_cast<long long>(ended.leaked_objects), ended.error.c_str());
      return kWrong;
    }
  }
  if (const long after = blocks_held(); after != before) {
    std::fprintf(stderr, "%s n=%ld: %ld blocks leaked\n", campaign.name().c_str(), n,
                 after - before);
    return kWrong;
  }
  if (waitpid(-1, nullptr, WNOHANG) != -1) {
    std::fprintf(stderr, "%s n=%ld: a child process is left\n", campaign.name().c_str(), n);
    return kWrong;
  }
  return right ? has_failed() ? kRight : kRightUnreached : kNamed;
}

std::string describe(int status) {
  if (WIFSIGNALED(status)) {
    return WTERMSIG(status) == SIGALRM ? "it hung" : strsignal(WTERMSIG(status));
  }
  return "exit status " + std::to_string(WEXITSTATUS(status));
}

}  // namespace

std::string Campaign::name() const {
  const auto* named = std::find_if(kKinds.begin(), kKinds.end(),
                                   [this](const auto& each) { return each.first == kind; });
  return std::string(strategy->name) + " " + program + " " + named->second +
         (from == From::kMark ? " from the mark" : "");
}

bool is_of_tests(const StrategyInfo& strategy) {
  constexpr std::string_view kNames[] = {"global_lock", "biased_refcount", "tracing_gc",
                                         "multi_process", "event_loop"};
  return std::find(std::begin(kNames), std::end(kNames), strategy.name) != std::end(kNames);
}

std::vector<Campaign> campaigns_of(const StrategyInfo& strategy) {
  std::vector<Campaign> all = {{&strategy, "workload", kMemory, From::kStart},
                               {&strategy, "workload", kMemory, From::kMark},
                               {&strategy, "workload", kThread, From::kStart}};
  if (strategy.workers_are_processes) {
    for (const Kind kind : {kFork, kPipe, kWrite}) {
      all.push_back({&strategy, "workload", kind, From::kStart});
    }
  }
  for (const auto& [kind, name] : kKinds) {
    if (kind != kFork) all.push_back({&strategy, "script", kind, From::kStart});
  }
  return all;
}

int run_once(const Campaign& campaign, long n) {
  warm_up(campaign);
  const Exit exit = judge(campaign, n);
  return exit == kWrong ? 1 : 0;
}

CampaignResult run_campaign(const Campaign& campaign, long most) {
  CampaignResult result;
  warm_up(campaign);
  std::map<pid_t, long> running;
  bool ended = false;
  for (long n = 1; !ended || !running.empty(); ++n) {
    if (!ended && n <= most) {
      std::fflush(nullptr);
      const pid_t pid = plain_fork();
      if (pid == 0) {
        alarm(kHangs_s);
        _exit(judge(campaign, n));
      }
      running[pid] = n;
      ++result.runs;
    } else {
      ended = true;
    }
    if (running.size() < 2 && !ended) continue;
    int status = 0;
    const pid_t pid = waitpid(-1, &status, 0);
    const auto found = running.find(pid);
    if (found == running.end()) continue;
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    if (code == kRightUnreached) {
      ended = true;
    } else {
      ++result.reached;
      if (code == kRight) ++result.survived;
      if (code != kRight && code != kNamed) {
        result.faults.push_back(campaign.name() + " n=" + std::to_string(found->second) + ": " +
                                describe(status));
      }
    }
    running.erase(found);
  }
  return result;
}

}  // namespace gilbench::faults
