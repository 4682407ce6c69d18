// The one boundary between the strategies and everything else: one virtual call per run.
//
// bench/ and tests/ see this header and nothing below it. Behind it stands the runtime as compiled
// for one object model, and a strategy's choice of Threads and Launch.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/program/program.h"
#include "runtime/program/workload_info.h"
#include "runtime/support/interrupt.h"
#include "runtime/support/worker_clocks.h"

namespace gilbench {

// What a user can turn without another strategy.
struct EngineOptions {
  std::chrono::microseconds switch_interval{5000};  // global_lock: CPython's sys.setswitchinterval
  // Whether the cycle collector comes by itself; gc.collect() works without. Where nothing is
  // counted there is another collector, which has to come.
  bool collect_cycles = true;
  // Strategies with a lock per object: two objects are locked in the order of their operands and
  // not in the one order that keeps threads from waiting for each other.
  bool naive_lock_order = false;
  // tracing_gc, to find roots that it misses: collect at every so many-th checkpoint; 0: as needed.
  int collect_every_checkpoints = 0;
  // Tells each instruction on stderr before it runs. Only where objects have no locks
  // (StrategyInfo::locks_objects): the loop has a place for it there.
  bool trace = false;
  // What a workload prints goes to this process's stdout; otherwise it is dropped.
  bool print_to_stdout = false;
};

struct RunRequest {
  std::shared_ptr<const Program> program;
  std::string size = "small";  // a key of the program's SIZES
  int workers = 1;
  std::chrono::milliseconds timeout{60'000};
  EngineOptions options;
  // NAME=VALUE pairs laid over the process's environment in os.environ (the upstream's port, say).
  std::vector<std::string> environment;
};

enum class RunStatus {
  kOk,
  kSkipped,  // the strategy cannot run this program (processes cannot share); `message` says why
  kError,    // an error in the program: `message` holds its traceback
  kWrongAnswer,
  kTimeout,
  kKilled,       // a worker process died of a signal; `message` names it
  kInterrupted,  // request_interrupt() was called
};

struct RunResult {
  RunStatus status = RunStatus::kOk;
  std::string message;          // one line or a traceback; empty when kOk
  double seconds = 0;           // barrier's fall to the last worker's end
  double startup_seconds = 0;   // from launching the workers to all at the barrier
  double transfer_seconds = 0;  // processes, worlds: arguments and results, packed and unpacked
  std::vector<double> worker_seconds;  // barrier's fall to each worker's end
  std::string answer;                  // repr(combine(parts)); the expected error's line
  std::string expected;                // repr(EXPECT[size]); EXPECT_ERROR
  // Alive after the run beyond those alive before it, and in no cycle. (With collect_cycles off
  // metrics["uncollected_objects"] tells how many were left in cycles, and by them.)
  std::int64_t leaked_objects = 0;
  std::int64_t bytes_written_after_fork = 0;  // processes: private dirty memory of the workers
  // What the run found out beside its time, by name with the unit in it: the program's own
  // metrics(parts), and what a strategy tells of itself (collections, pauses, lost counts).
  std::map<std::string, double> metrics;
  std::int64_t children_peak_rss_bytes = 0;  // processes: sum over the workers
  WorkersUsage usage;
  // Proportional set size of this process and of its worker processes when the last worker has
  // ended and nothing is freed yet; 0 where the kernel does not tell.
  std::int64_t pss_bytes = 0;
};

// What a script run prints and how it ended.
struct ScriptResult {
  std::string output;  // stdout
  std::string error;   // the traceback, empty when it ended well
  std::int64_t leaked_objects = 0;
};

class Engine {
 public:
  virtual ~Engine() = default;

  // Where memory, threads or descriptors end, both tell of it by an error.
  //
  // Runs a workload: module body, setup(size), workers behind a barrier, combine, check. Never
  // throws for what the program does; throws std::logic_error for a program without `work`, which
  // the caller has checked with workload_info().
  virtual RunResult run(const RunRequest& request) = 0;

  // Runs the module body as a script on one thread (the language tests; no workload is needed).
  virtual ScriptResult run_script(std::shared_ptr<const Program> program,
                                  const EngineOptions& options) = 0;
};

// A strategy as the rest of the house sees it.
struct StrategyInfo {
  std::string_view name;
  std::string_view summary;    // one line for --list and the charts
  bool workers_share_objects;  // false: processes, worlds
  std::unique_ptr<Engine> (*make_engine)();
  bool workers_are_processes = false;
  bool locks_objects = false;        // a lock per object: what naive_lock_order applies to
  bool has_switch_interval = false;  // EngineOptions::switch_interval makes a difference
  bool collects_cycles = false;      // references are counted, and a collector finds the cycles
  bool workers_take_turns = false;   // tasks: one that computes holds up all others
  // The table of natives, a JSON object a line: what each asks for. For tests that call them wrong.
  std::string (*list_natives)() = nullptr;
};

// Every strategy that CMake's add_strategy() named, in that order.
std::span<const StrategyInfo> strategies();
const StrategyInfo* find_strategy(std::string_view name);

}  // namespace gilbench
