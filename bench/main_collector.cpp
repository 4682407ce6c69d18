// bench_collector: how long a collection keeps a program waiting, by the number of live objects.
//
// A row is a strategy and a number of objects, as an ordinary workload that collects once: its time
// is what gc.collect() took, and among its metrics is the pause (under tracing_gc the time includes
// a sweep, in which the world is not stopped). Each repetition has a heap of its own.
#include <limits>

#include "bench/bench_main.h"
#include "bench/collector/growth.h"

namespace gilbench {
namespace {

constexpr const char* kProgram = GILBENCH_SOURCE_DIR "/bench/collector/live_objects.py";

CommandLine command_line() {
  CommandLine line;
  line.flags = {"strategies", "workloads", "timeout-s", "engine",
                "verbose",    "list",      "quiet",     "help"};
  line.defaults.size = "";
  line.defaults.workers = {1};
  line.defaults.repetitions = 5;
  line.defaults.budget = {};
  // No collection but the one that is asked for, under tracing_gc too: at every 2^31st checkpoint.
  line.defaults.collect_cycles = false;
  line.defaults.collect_every_checkpoints = std::numeric_limits<int>::max();
  return line;
}

std::vector<Workload> workloads(const BenchOptions& options) {
  return match_workloads(workloads_by_size("collector", "live", kProgram), options.workloads);
}

}  // namespace
}  // namespace gilbench

int main(int argument_count, char** arguments) {
  using namespace gilbench;
  return bench_main(
      argument_count, arguments,
      {.name = "bench_collector",
       .command_line = command_line(),
       .workloads = workloads,
       .closing_words = [](const std::vector<Row>& rows, const std::string&, const BenchOptions&,
                           const SummaryLook&) { return growth_table(rows); }});
}
