// bench_workloads over fake engines; the workloads' folder comes from GILBENCH_FAKE_WORKLOADS.

#include <cstdlib>

#include "bench/bench_main.h"

int main(int argument_count, char** arguments) {
  const char* folder = std::getenv("GILBENCH_FAKE_WORKLOADS");
  return gilbench::bench_workloads_main(argument_count, arguments, folder ? folder : "");
}
