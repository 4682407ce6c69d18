// bench_workloads: every workload under every strategy, timed, as a table and as JSON.

#include "bench/bench_main.h"

int main(int argument_count, char** arguments) {
  return gilbench::bench_workloads_main(argument_count, arguments,
                                        GILBENCH_SOURCE_DIR "/workloads");
}
