// The command line of a benchmark binary: our flags, and what we must know of Google Benchmark's.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/support/exit_status.h"

namespace gilbench {

// --engine=NAME=PATH[:STRATEGY]
struct EngineOption {
  std::string name;
  std::string path;
  std::string strategy;  // empty: each of the chosen ones that it has
};

struct BenchOptions {
  std::vector<std::string> strategies;  // names; empty: all
  std::vector<std::string> workloads;   // globs on kind/name; empty: all, or none beside programs
  std::vector<std::string> programs;    // files of the user's own
  std::vector<EngineOption> engines;    // other builds that run the same rows
  std::vector<std::string> pythons;     // interpreters that run the same rows
  std::vector<int> workers;             // empty: default_workers(kind)
  std::string size = "full";            // empty: each workload has its own
  std::chrono::milliseconds timeout{60'000};  // of one run
  // global_lock's. More than one: a row each under the strategies that have such an interval.
  std::vector<std::chrono::microseconds> switch_intervals{std::chrono::microseconds{5000}};
  bool collect_cycles = true;
  bool cold = false;  // times count the start-up
  bool naive_lock_order = false;
  int collect_every_checkpoints = 0;  // EngineOptions' own; no flag
  int upstream_delay_ms = 5;
  // For blocks beyond the repetitions, where they help most; 0: there are none. A number of
  // repetitions that is asked for leaves no room for it.
  std::chrono::duration<double> budget{200};
  double threshold = 0.01;  // how far from 1 a ratio must be to mean something
  std::string export_csv;   // files; empty: none
  std::string export_markdown;
  bool strict = false;         // no verdict is a failure
  std::string machine_memory;  // file; empty: none. How fast the machine has been seen to be.
  bool list = false;
  bool verbose = false;
  bool quiet = false;
  bool help = false;

  // Google Benchmark's flags that act on names or files: names are ours, and so are the files.
  bool list_rows = false;           // --benchmark_list_tests
  std::string filter;               // --benchmark_filter
  std::string out;                  // --benchmark_out; empty: none
  std::string out_format = "json";  // --benchmark_out_format
  std::string format = "console";   // --benchmark_format
  std::string color = "auto";       // --benchmark_color
  bool counters_tabular = false;    // --benchmark_counters_tabular
  int repetitions = 10;             // --benchmark_repetitions
  bool interleaved = true;          // --benchmark_enable_random_interleaving
  // --benchmark_report_aggregates_only, --benchmark_display_aggregates_only (the table alone)
  bool report_aggregates_only = false;
  bool display_aggregates_only = false;
  std::vector<std::pair<std::string, std::string>> context;  // --benchmark_context

  std::vector<std::string> words;  // as they were given; paths are cut down to their last names
  // Everything that benchmark::Initialize() shall see, without the program's name.
  std::vector<std::string> benchmark_arguments;
  // Whether there may be blocks beyond the repetitions.
  bool has_budget() const { return interleaved && budget.count() > 0; }
  // The same for an engine process, which is asked for each run by itself.
  std::vector<std::string> engine_flags() const;
};

// What a binary has of all this.
struct CommandLine {
  std::vector<std::string> flags = {};  // ours, without the dashes; empty: all
  BenchOptions defaults = {};
};

// Parses everything after the program's name. Throws UsageError.
BenchOptions parse_options(const std::vector<std::string>& arguments,
                           const CommandLine& command_line = {});

// Our flags as --help shows them.
std::string options_help(const CommandLine& command_line = {});

// Hands Google Benchmark its flags. Throws UsageError for one that it does not know. For --help it
// prints `help` first, and ends the process.
void initialize_benchmark(char* executable, const BenchOptions& options, const std::string& help);

// 1, 2, 4 … and the number of cores; for `io`, whose workers mostly wait, 1 to 16; for `mixed`,
// where one worker answers and the others compute, one more than 0, 1, 2 and 4.
std::vector<int> default_workers(const std::string& kind, int cores);

// The cores that this process may run on: the system's numbers of them, none where it does not say;
// and how many it has the time of, 1 at least: not more than its control groups grant, rounded up.
std::vector<int> usable_core_numbers();
int usable_cores();

// How many cores a cpu.max of control groups (version 2) grants: "150000 100000" is 1.5. Nothing
// for "max ...", which is no limit, and for what is none of it.
std::optional<double> granted_cores(const std::string& cpu_max);

// Whether `name` is wanted by Google Benchmark's filter: a search for an extended regular
// expression, "all" or nothing for every name, a leading '-' to invert. Throws UsageError.
std::vector<bool> matches_filter(const std::vector<std::string>& names, const std::string& filter);

std::vector<std::string> split(const std::string& text, char separator);
std::string join(const std::vector<std::string>& parts, const std::string& separator);

}  // namespace gilbench
