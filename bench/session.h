// bench_workloads from its arguments to its exit code.
#pragma once

#include <string>

namespace gilbench {

// Exit codes of the benchmark binaries.
inline constexpr int kExitOk = 0;
inline constexpr int kExitFailedRow = 1;  // a row has an error, or the results could not be saved
inline constexpr int kExitUsage = 2;      // nothing was run
inline constexpr int kExitInterrupted = 130;

// Runs the workloads below `workloads_folder` as the arguments say; see --help.
int bench_workloads_main(int argument_count, char** arguments, const std::string& workloads_folder);

}  // namespace gilbench
