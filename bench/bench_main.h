// A benchmark binary that runs programs, from its arguments to its exit code.
#pragma once

#include <string>

#include "bench/session.h"

namespace gilbench {

int bench_main(int argument_count, char** arguments, const BenchBinary& binary);

// bench_workloads: runs the workloads below `workloads_folder` as the arguments say; see --help.
int bench_workloads_main(int argument_count, char** arguments, const std::string& workloads_folder);

}  // namespace gilbench
