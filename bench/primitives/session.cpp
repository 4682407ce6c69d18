// The program from its flags to its exit code. Each row is registered with Google Benchmark, which
// says how many operations it wants; run_row() does them in one round with manual time.
#include "bench/primitives/session.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/context.h"
#include "bench/json_report.h"
#include "bench/options.h"
#include "bench/primitives/collector.h"
#include "bench/primitives/comparison.h"
#include "bench/primitives/round.h"
#include "bench/primitives/rows.h"
#include "bench/result_file.h"
#include "runtime/support/exit_status.h"
#include "runtime/support/interrupt.h"

namespace gilbench {
namespace {

constexpr const char* kHelp =
    "usage: bench_primitives [FLAG]...\n"
    "  --strategies A,B   strategies beside the baselines (default: all)\n"
    "  --list             print the rows and end\n"
    "  --quiet            no closing table\n"
    "  --help             print this help and end\n"
    "Defaults: --benchmark_repetitions=7 --benchmark_min_time=0.02\n\n";

// The harness's flags without those that only workloads have, and with other defaults.
CommandLine command_line() {
  CommandLine line;
  line.flags = {"strategies", "list", "quiet", "help"};
  line.defaults.repetitions = 7;
  if (std::getenv("BENCHMARK_MIN_TIME") == nullptr) {
    line.defaults.benchmark_arguments.push_back("--benchmark_min_time=0.02");
  }
  return line;
}

// A round of fewer would measure the threads' start.
constexpr benchmark::IterationCount kLeastTimes = 1000;

// Google Benchmark says how many operations it wants; one round does them all.
void run_row(const PrimitiveRow& row, benchmark::State& state) {
  const benchmark::IterationCount wanted = state.max_iterations;
  while (state.KeepRunningBatch(wanted)) {
    if (interrupt_requested()) {
      state.SkipWithError("interrupted");
      return;
    }
    const benchmark::IterationCount times = std::max(wanted, kLeastTimes);
    const RoundTimes round = run_round(*row.primitive, row.threads, row.shared(), times);
    const double share = static_cast<double>(wanted) / static_cast<double>(times);
    state.SetIterationTime(round.seconds * share);
    state.counters[kCpuSeconds] = round.cpu_seconds / static_cast<double>(times);
  }
}

void register_rows(const std::vector<PrimitiveRow>& rows) {
  for (const PrimitiveRow& row : rows) {
    benchmark::RegisterBenchmark(row.name.c_str(), [&row](benchmark::State& state) {
      run_row(row, state);
    })->UseManualTime();
  }
}

int run(const BenchOptions& options, std::vector<PrimitiveRow>& rows, char* executable) {
  nlohmann::ordered_json context = machine_context(executable);
  context["usable_cores"] = usable_cores();
  context["repetitions"] = options.repetitions;
  std::optional<ResultFile> out;
  if (!options.out.empty()) {
    if (options.out_format != "json") {
      throw UsageError("--benchmark_out_format: bench_primitives writes json");
    }
    out.emplace(options.out);
    if (const std::string notice = out->notice(); !notice.empty()) {
      std::cerr << "bench_primitives: " << notice << '\n';
    }
    out->start_rows(to_line({{"context", context}}));
  }
  register_rows(rows);
  std::unique_ptr<benchmark::BenchmarkReporter> display;
  if (options.format != "json") display.reset(benchmark::CreateDefaultDisplayReporter());
  const auto keep = [&out](const nlohmann::ordered_json& row) {
    if (!out) return;
    const std::string complaint = out->append_row(to_line(row));
    if (!complaint.empty()) std::cerr << "bench_primitives: " << complaint << '\n';
  };
  RowCollector collector(rows, std::move(display), options.format == "console", keep);
  benchmark::RunSpecifiedBenchmarks(&collector, nullptr, ".");

  nlohmann::ordered_json document;
  document["context"] = std::move(context);
  document["benchmarks"] = collector.json();
  const std::string text = to_text(document);
  if (options.format == "json") std::cout << text << std::flush;
  if (out) out->commit(text);

  std::ostream& stream = options.format == "console" ? std::cout : std::cerr;
  if (!options.quiet) {
    stream << '\n' << comparison_table(rows);
    for (const std::string& line : counting_ratios(rows)) stream << line << '\n';
    stream << std::flush;
  }
  if (!interrupt_requested()) return kExitOk;
  std::cerr << "interrupted" << (out ? "; what was finished is in " + out->path() : "") << '\n';
  return kExitInterrupted;
}

}  // namespace

int bench_primitives_main(int argument_count, char** arguments) {
  return exit_status_of("bench_primitives", [=] {
    const BenchOptions options =
        parse_options({arguments + 1, arguments + argument_count}, command_line());
    initialize_benchmark(arguments[0], options, kHelp);
    std::vector<PrimitiveRow> rows = make_primitive_rows(options.strategies, options.filter);
    if (rows.empty()) throw UsageError("no row matches --benchmark_filter=" + options.filter);
    if (options.list || options.list_rows) {
      for (const PrimitiveRow& row : rows) std::cout << row.name << '\n';
      return kExitOk;
    }
    handle_interrupts();
    return run(options, rows, arguments[0]);
  });
}

}  // namespace gilbench
