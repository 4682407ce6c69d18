// A session: one invocation of a benchmark binary that runs something.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "bench/engine_builds.h"
#include "bench/machine_watch.h"
#include "bench/options.h"
#include "bench/plan.h"
#include "bench/progress.h"
#include "bench/result_file.h"
#include "bench/row.h"
#include "bench/row_reporter.h"
#include "bench/row_runner.h"
#include "bench/summary.h"
#include "bench/workload_set.h"

namespace gilbench {

// A further exit status. kExitFailed: a row has an error, or the results could not be saved.
inline constexpr int kExitNoVerdict = 4;  // --strict: a kind has none

struct BenchBinary {
  std::string name;
  CommandLine command_line;
  std::function<std::vector<Workload>(const BenchOptions&)> workloads;  // not loaded yet
  // What is printed below the rows, whose results_json() is the text `results`; empty: nothing.
  std::function<std::string(const std::vector<Row>& rows, const std::string& results,
                            const BenchOptions& options, const SummaryLook& look)>
      closing_words;
};

// One invocation that runs something: the rows and all that their runs need. It plans, shows and
// saves; programs are run by engine processes.
class Session {
 public:
  // `out`: null where no results file is asked for.
  // Reads and plans; throws UsageError and ProgramError.
  Session(const BenchBinary& binary, const BenchOptions& options, EngineBuilds& engines,
          std::vector<Workload> workloads, ResultFile* out);

  void list_rows() const;
  // Returns the exit code.
  int run(const std::string& executable);

 private:
  using Clock = std::chrono::steady_clock;

  EngineProcess::Hear hearer();
  void make_rows_of_workloads();
  void try_programs();
  void plan_rows();
  bool is_waiting(const Workload& workload);
  void start_journal();
  void keep_row(std::size_t index);
  void describe(Sample& sample) const;
  void exclude();
  PlanSize plan_size() const;
  void run_blocks(RowReporter& reporter);
  void run_block(const Block& block, RowReporter& reporter);
  bool run_rows_of(const Block& block, RowReporter& reporter);
  void repeat_if_short(std::size_t index);
  void take_back(const Block& block);
  void spend_budget(RowReporter& reporter);
  bool run_row(std::size_t index, RowReporter& reporter);
  bool record(std::size_t index, const RowOutcome& outcome);
  void finish_row(std::size_t index, RowReporter& reporter);
  void end_block();
  void say_error(const Row& row);
  std::string save();
  std::string closing_words(const std::string& results, const SummaryLook& look) const;
  void print_closing_words(const std::string& results) const;
  void write_exports(const std::string& results);
  int exit_code(const std::string& results) const;

  const BenchBinary& binary_;
  const BenchOptions& options_;
  EngineBuilds& engines_;
  std::vector<Workload> workloads_;
  std::vector<Row> rows_;
  std::vector<std::size_t> runs_left_;  // of each row
  std::map<const Workload*, double> block_seconds_;
  std::set<std::string> said_;  // errors of rows
  nlohmann::ordered_json context_;
  std::mt19937 random_{std::random_device{}()};
  Orders orders_{random_};
  std::optional<Progress> progress_;
  RowRunner runner_;
  MachineWatch machine_;
  const Clock::time_point start_ = Clock::now();
  int block_ = -1;           // that is run, or was the last
  bool may_repeat_ = false;  // that block, should its engine process be killed
  ResultFile* const out_;
  std::ostringstream out_text_;  // of an --benchmark_out_format other than JSON
  bool ended_badly_ = false;     // an engine process after its rows, or an export
};

}  // namespace gilbench
