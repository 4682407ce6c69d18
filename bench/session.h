// A benchmark binary that runs programs, from its arguments to its exit code.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "bench/options.h"
#include "bench/row.h"
#include "bench/workload_set.h"

namespace gilbench {

// Exit codes of the benchmark binaries.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailedRow = 1;  // a row has an error, or the results could not be saved
inline constexpr int kExitUsage = 2;      // nothing was run
inline constexpr int kExitNoVerdict = 4;  // --strict: a kind has none
inline constexpr int kExitInterrupted = 130;

struct BenchBinary {
  std::string name;
  CommandLine command_line;
  std::function<std::vector<Workload>(const BenchOptions&)> workloads;  // not loaded yet
  // What is printed below the rows, whose results_json() is the text `results`; empty: nothing.
  std::function<std::string(const std::vector<Row>& rows, const std::string& results,
                            const BenchOptions& options)>
      closing_words;
};

int bench_main(int argument_count, char** arguments, const BenchBinary& binary);

// bench_workloads: runs the workloads below `workloads_folder` as the arguments say; see --help.
int bench_workloads_main(int argument_count, char** arguments, const std::string& workloads_folder);

}  // namespace gilbench
