// The steps before a session: read the flags, claim the results file, ask other engines what they
// have, find the workloads. Started with kEngineFlag, the same binary is an engine process.
#include "bench/bench_main.h"

#include <cstdio>
#include <iostream>
#include <optional>
#include <utility>

#include "bench/child_process.h"
#include "bench/engine_child.h"
#include "bench/engine_messages.h"
#include "bench/summary.h"
#include "bench/wakeup.h"
#include "runtime/engine.h"
#include "runtime/support/exit_status.h"
#include "runtime/support/standard_streams.h"

namespace gilbench {
namespace {

std::vector<const StrategyInfo*> choose_strategies(const std::vector<std::string>& names) {
  std::vector<const StrategyInfo*> chosen;
  if (names == std::vector<std::string>{"none"}) return chosen;
  if (names.empty() || names == std::vector<std::string>{"all"}) {
    for (const StrategyInfo& strategy : strategies()) chosen.push_back(&strategy);
    return chosen;
  }
  for (const std::string& name : names) {
    const StrategyInfo* strategy = find_strategy(name);
    if (strategy == nullptr) {
      std::vector<std::string> valid;
      for (const StrategyInfo& other : strategies()) valid.emplace_back(other.name);
      throw UsageError("unknown strategy '" + name + "'; strategies: " + join(valid, ", "));
    }
    chosen.push_back(strategy);  // again where it is named again: an A/A pair
  }
  return chosen;
}

std::vector<Workload> choose_workloads(const BenchOptions& options, const std::string& folder) {
  std::vector<Workload> chosen;
  if (options.programs.empty() || !options.workloads.empty()) {
    chosen = match_workloads(find_workloads(folder), options.workloads);
  }
  for (Workload& program : program_workloads(options.programs)) {
    chosen.push_back(std::move(program));
  }
  return chosen;
}

void print_list(const std::vector<const StrategyInfo*>& strategies,
                std::vector<Workload>& workloads) {
  std::cout << "strategies:\n";
  for (const StrategyInfo* strategy : strategies) {
    std::printf("  %-20s %s\n", std::string(strategy->name).c_str(),
                std::string(strategy->summary).c_str());
  }
  std::printf("workloads (what the workers share):\n");
  for (Workload& workload : workloads) {
    read_workload(workload);
    std::printf("  %-24s %-5s %s\n", workload.name.c_str(), workload.info.sharing.c_str(),
                workload.info.doc.c_str());
  }
}

std::string closing_words(const std::vector<Row>& rows, const std::string& results,
                          const BenchOptions& options, const SummaryLook& look) {
  return summary(rows, results, options.threshold, look);
}

// Returns the exit status.
int plan_and_run(char* executable, const std::vector<std::string>& words,
                 const BenchBinary& binary) {
  const BenchOptions options = parse_options(words, binary.command_line);
  initialize_benchmark(
      executable, options,
      "usage: " + binary.name + " [FLAG]...\n" + options_help(binary.command_line) + "\n");
  // Before the workloads are read, which takes seconds: another run must not come in between.
  std::optional<ResultFile> out;
  if (!options.out.empty() && !options.list && !options.list_rows) out.emplace(options.out);
  if (out && !out->notice().empty()) {
    std::cerr << binary.name << ": " << out->notice() << '\n';
  }
  adopt_orphans();
  // Others are started to hear what they have.
  if (!options.engines.empty() || !options.pythons.empty()) handle_signals();
  EngineBuilds engines(choose_strategies(options.strategies), options.engines, options.pythons);
  std::vector<Workload> workloads = binary.workloads(options);
  if (options.list) {
    print_list(engines.strategies(), workloads);
    return kExitOk;
  }
  Session session(binary, options, engines, std::move(workloads), out ? &*out : nullptr);
  if (options.list_rows) {
    session.list_rows();
    return kExitOk;
  }
  handle_signals();
  return session.run(executable);
}

}  // namespace

int bench_main(int argument_count, char** arguments, const BenchBinary& binary) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  if (words.size() == 1 && words[0].starts_with(kEngineFlag)) {
    // What it throws is a crash, whose stacks the bench is told.
    return with_standard_streams(binary.name, [&words] {
      return engine_child_main(words[0].substr(std::string(kEngineFlag).size()));
    });
  }
  return exit_status_of(binary.name, [&] { return plan_and_run(arguments[0], words, binary); });
}

int bench_workloads_main(int argument_count, char** arguments,
                         const std::string& workloads_folder) {
  return bench_main(
      argument_count, arguments,
      {.name = "bench_workloads",
       .command_line = {},
       .workloads =
           [&](const BenchOptions& options) { return choose_workloads(options, workloads_folder); },
       .closing_words = closing_words});
}

}  // namespace gilbench
