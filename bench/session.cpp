#include "bench/session.h"

#include <benchmark/benchmark.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bench/child_process.h"
#include "bench/context.h"
#include "bench/engine_builds.h"
#include "bench/engine_child.h"
#include "bench/engine_messages.h"
#include "bench/estimator/fields.h"
#include "bench/exclusion.h"
#include "bench/json_report.h"
#include "bench/machine_watch.h"
#include "bench/options.h"
#include "bench/plan.h"
#include "bench/progress.h"
#include "bench/result_file.h"
#include "bench/row.h"
#include "bench/row_reporter.h"
#include "bench/row_runner.h"
#include "bench/summary.h"
#include "bench/wakeup.h"
#include "bench/workload_set.h"
#include "runtime/engine.h"

namespace gilbench {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

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
    workload.info = workload_info(workload.path);
    std::printf("  %-24s %-5s %s\n", workload.name.c_str(), workload.info.sharing.c_str(),
                workload.info.doc.c_str());
  }
}

bool use_color(const BenchOptions& options) {
  if (options.color != "auto") return options.color != "false" && options.color != "no";
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && terminal != nullptr && std::string(terminal) != "dumb";
}

// One invocation that runs something: the rows and all that their runs need. It plans, shows and
// saves; programs are run by engine processes.
class Session {
 public:
  // `out`: null where no results file is asked for.
  Session(const BenchBinary& binary, const BenchOptions& options, const EngineBuilds& engines,
          std::vector<Workload> workloads, ResultFile* out)
      : binary_(binary),
        options_(options),
        engines_(engines),
        workloads_(std::move(workloads)),
        runner_(options, engines, hearer()),
        machine_(usable_core_numbers(), options.machine_memory),
        out_(out) {
    for (Workload& workload : workloads_) {
      load_workload(workload, options.size);
      if (engines.has_ours()) compile_workload(workload);
    }
    rows_ = make_rows(workloads_, engines.strategies(), options.workers, options.switch_intervals,
                      options.filter);
    if (rows_.empty()) throw UsageError("no row matches --benchmark_filter=" + options.filter);
    for (Row& row : rows_) {
      const EnginePlace& place = engines.place_of(row.strategy);
      row.engine = engines.builds()[place.build].name;
      row.engine_strategy = place.strategy;
      row.version = engines.builds()[place.build].python;
      runs_left_.push_back(planned_runs(row, plan_size()));
    }
    progress_.emplace(runs_left_, options.quiet);
  }

  void list_rows() const {
    for (const Row& row : rows_) std::cout << row.name << '\n';
  }

  int run(const std::string& executable);

 private:
  EngineProcess::Hear hearer();
  void start_journal();
  void keep_row(std::size_t index);
  void describe(Sample& sample) const;
  void exclude();
  PlanSize plan_size() const;
  void run_blocks(RowReporter& reporter);
  void run_block(const Block& block, RowReporter& reporter);
  void spend_budget(RowReporter& reporter);
  void run_row(std::size_t index, RowReporter& reporter);
  void record(std::size_t index, const RowOutcome& outcome);
  void finish_row(std::size_t index, RowReporter& reporter);
  void end_block();
  void say_error(const Row& row);
  std::string save();
  void print_closing_words(const std::string& results) const;
  int exit_code(const std::string& results) const;

  const BenchBinary& binary_;
  const BenchOptions& options_;
  const EngineBuilds& engines_;
  std::vector<Workload> workloads_;
  std::vector<Row> rows_;
  std::vector<std::size_t> runs_left_;  // of each row
  std::map<const Workload*, double> block_seconds_;
  std::set<std::string> said_;  // errors of rows
  nlohmann::ordered_json context_;
  std::mt19937 random_{std::random_device{}()};
  std::optional<Progress> progress_;
  RowRunner runner_;
  MachineWatch machine_;
  const steady_clock::time_point start_ = steady_clock::now();
  int block_ = -1;  // that is run, or was the last
  ResultFile* const out_;
  std::ostringstream out_text_;  // of an --benchmark_out_format other than JSON
  bool ended_badly_ = false;     // an engine process, after its rows
};

// What programs print, with --verbose.
EngineProcess::Hear Session::hearer() {
  if (!options_.verbose) return {};
  return [this](std::string_view text) {
    progress_->clear();
    std::cerr << text << std::flush;
  };
}

int Session::run(const std::string& executable) {
  context_ = workloads_context(executable, options_, engines_);
  if (out_ != nullptr) start_journal();
  runner_.start_services(rows_);
  RowReporter reporter(rows_, *progress_);
  reporter.add(
      options_.format, std::cout,
      {.color = use_color(options_),
       .tabular = options_.counters_tabular,
       .aggregates_only = options_.display_aggregates_only || options_.report_aggregates_only});
  if (out_ != nullptr) {
    reporter.add(
        options_.out_format, out_text_,
        {.tabular = options_.counters_tabular, .aggregates_only = options_.report_aggregates_only});
  }
  reporter.begin();
  run_blocks(reporter);
  reporter.end();
  runner_.end();
  const std::string results = save();
  if (!options_.quiet) print_closing_words(results);
  return exit_code(results);
}

void Session::start_journal() {
  out_->start_rows(to_line({{"context", context_}}));
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    if (!rows_[index].skipped.empty()) keep_row(index);
  }
}

// Puts a row's last repetition into the journal, or why it has no time.
void Session::keep_row(std::size_t index) {
  if (out_ == nullptr) return;
  const Row& row = rows_[index];
  const std::string complaint =
      out_->append_row(to_line(row.has_time() ? repetition_json(row, index, row.samples.size() - 1)
                                              : reason_json(row, index)));
  if (complaint.empty()) return;
  progress_->clear();
  std::cerr << binary_.name << ": " << complaint << '\n';
}

// Workloads whose time is set take most of it: where a budget shares the rest out, they begin with
// one block.
PlanSize Session::plan_size() const {
  PlanSize size;
  size.blocks = options_.repetitions;
  size.fixed_duration_blocks = options_.has_budget() ? 1 : options_.repetitions;
  size.interleaved = options_.interleaved;
  return size;
}

void Session::run_blocks(RowReporter& reporter) {
  for (const Block& block : plan_blocks(rows_, plan_size(), random_)) {
    run_block(block, reporter);
    if (interrupt_requested()) break;
  }
  if (options_.has_budget()) spend_budget(reporter);
  exclude();
  // Rows that were interrupted, or might have been run again, with the repetitions that they have.
  for (std::size_t i = 0; i < rows_.size(); ++i) {
    if (!rows_[i].reported && rows_[i].has_time()) finish_row(i, reporter);
  }
}

void Session::run_block(const Block& block, RowReporter& reporter) {
  const auto start = steady_clock::now();
  ++block_;
  machine_.probe(random_);
  for (const std::size_t index : block) {
    if (interrupt_requested()) break;
    run_row(index, reporter);
  }
  end_block();
  block_seconds_[rows_[block.front()].workload] =
      duration<double>(steady_clock::now() - start).count();
}

// Where a repetition was made and how calm the machine was.
void Session::describe(Sample& sample) const {
  sample.block = block_;
  sample.start_seconds = duration<double>(steady_clock::now() - start_).count() - sample.seconds;
  machine_.describe(sample);
}

void Session::exclude() { exclude_disturbed(rows_, usable_cores()); }

void Session::spend_budget(RowReporter& reporter) {
  // Within half the threshold on each side an interval is as narrow as anybody asks.
  const double wide_enough = options_.threshold / 2;
  while (!interrupt_requested()) {
    const duration<double> spent = steady_clock::now() - start_;
    const double left = (options_.budget - spent).count();
    exclude();  // what does not count is made up for
    const std::optional<Block> block =
        block_to_add(rows_, block_seconds_, left, wide_enough, random_);
    if (!block) return;
    progress_->set_budget(left);
    for (const std::size_t index : *block) {
      ++runs_left_[index];
      progress_->add_run(index);
    }
    run_block(*block, reporter);
  }
}

void Session::run_row(std::size_t index, RowReporter& reporter) {
  Row& row = rows_[index];
  if (row.skipped.empty() && !row.failed()) {  // once is enough: it would fail again
    progress_->start_run(index, row.name);
    const auto start = steady_clock::now();
    RowOutcome outcome = runner_.run(row);
    describe(outcome.reply.sample);
    progress_->finish_run(index, duration<double>(steady_clock::now() - start).count());
    record(index, outcome);
    const bool may_go_on = runs_left_[index] > 0 || options_.has_budget();
    if (!row.failed() && row.skipped.empty() && may_go_on) return;
  } else if (row.failed() || row.reported) {
    return;
  }
  finish_row(index, reporter);
}

void Session::record(std::size_t index, const RowOutcome& outcome) {
  Row& row = rows_[index];
  const bool answered = !outcome.failure || outcome.failure->kind == "worker";
  if (!answered) {
    if (interrupt_requested()) return;  // it was ended with everything else
    record_failure(row, *outcome.failure);
  } else if (!record_run(row, outcome.reply.result, outcome.reply.sample)) {
    request_interrupt();  // somebody has interrupted the engine process
    return;
  } else if (outcome.failure) {
    record_failure(row, *outcome.failure);
  }
  --runs_left_[index];
  keep_row(index);
  if (row.has_time()) return;
  runs_left_[index] = 0;
  progress_->drop_row(index);
  if (row.failed()) say_error(row);
}

// What is wrong with a whole program is wrong with each of its rows: it is said of the first.
void Session::say_error(const Row& row) {
  if (!row.failure && !said_.insert(row.workload->name + '\n' + row.error).second) return;
  progress_->clear();
  std::cerr << row.name << ": " << row.error << (row.error.ends_with('\n') ? "" : "\n");
  if (row.failure) std::cerr << row.failure->details();
}

// The row is what it will be: all its repetitions are done, or it has none.
void Session::finish_row(std::size_t index, RowReporter& reporter) {
  Row& row = rows_[index];
  row.reported = true;
  reporter.report(row);
}

void Session::end_block() {
  for (const std::string& complaint : runner_.end_processes()) {
    if (interrupt_requested()) continue;
    ended_badly_ = true;
    progress_->clear();
    std::cerr << binary_.name << ": " << complaint << '\n';
  }
}

// Returns the text of the results, which the closing words speak of.
std::string Session::save() {
  context_["end"] = local_date();
  if (machine_.best_seconds() > 0) context_["probe_seconds"] = machine_.best_seconds();
  machine_.remember();
  if (runner_.ready_seconds() > 0) context_["engine_ready_seconds"] = runner_.ready_seconds();
  std::string text = to_text(results_json(context_, rows_));
  if (options_.format == "json") std::cout << text << std::flush;
  if (out_ != nullptr) out_->commit(options_.out_format == "json" ? text : out_text_.str());
  return text;
}

void Session::print_closing_words(const std::string& results) const {
  // Beside results on stdout a closing word would spoil them for a reader that is a program.
  std::ostream& stream = options_.format == "console" ? std::cout : std::cerr;
  std::string words;
  try {
    words = binary_.closing_words(rows_, results, options_);
  } catch (const estimator::DataError& error) {  // names or numbers that could not be shown
    std::cerr << binary_.name << ": no conclusions: " << error.what() << '\n';
  }
  if (!words.empty()) stream << '\n' << words << std::flush;
}

int Session::exit_code(const std::string& results) const {
  if (interrupt_requested()) {
    std::size_t kept = 0;
    for (const Row& row : rows_) kept += row.has_time() ? 1 : 0;
    std::cerr << "interrupted; " << kept << " rows with times"
              << (out_ != nullptr ? " saved to " + out_->path() : "") << '\n';
    return kExitInterrupted;
  }
  for (const Row& row : rows_) {
    if (row.failed()) return kExitFailedRow;
  }
  if (ended_badly_) return kExitFailedRow;
  return options_.strict && !has_verdicts(results, options_.threshold) ? kExitNoVerdict : kExitOk;
}

// Hands Google Benchmark its flags. Throws UsageError for one that it does not know.
void initialize_benchmark(char* executable, const BenchBinary& binary,
                          const BenchOptions& options) {
  std::vector<std::string> words = options.benchmark_arguments;
  if (options.help) words.push_back("--help");
  std::vector<char*> pointers{executable};  // Google Benchmark keeps this one
  for (std::string& word : words) pointers.push_back(word.data());
  int count = static_cast<int>(pointers.size());
  pointers.push_back(nullptr);
  if (options.help) {
    std::cout << "usage: " << binary.name << " [FLAG]...\n"
              << options_help(binary.command_line) << "\n";
  }
  std::cout << std::flush;
  benchmark::Initialize(&count, pointers.data());
  if (count > 1) {
    throw UsageError(std::string("unknown flag ") + pointers[1] +
                     "; flags: those that --help shows");
  }
}

std::string closing_words(const std::vector<Row>& rows, const std::string& results,
                          const BenchOptions& options) {
  return summary(rows, results, options.threshold);
}

}  // namespace

int bench_main(int argument_count, char** arguments, const BenchBinary& binary) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  if (words.size() == 1 && words[0].starts_with(kEngineFlag)) {
    return engine_child_main(words[0].substr(std::string(kEngineFlag).size()));
  }
  try {
    const BenchOptions options = parse_options(words, binary.command_line);
    initialize_benchmark(arguments[0], binary, options);
    // Before the workloads are read, which takes seconds: another run must not come in between.
    std::optional<ResultFile> out;
    if (!options.out.empty() && !options.list && !options.list_rows) out.emplace(options.out);
    if (out && !out->notice().empty()) {
      std::cerr << binary.name << ": " << out->notice() << '\n';
    }
    adopt_orphans();
    // Others are started to hear what they have.
    if (!options.engines.empty() || !options.pythons.empty()) handle_signals();
    const EngineBuilds engines(choose_strategies(options.strategies), options.engines,
                               options.pythons);
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
    return session.run(arguments[0]);
  } catch (const UsageError& error) {
    std::cerr << binary.name << ": " << error.what() << '\n';
    return kExitUsage;
  } catch (const ProgramError& error) {
    std::cerr << error.what() << '\n';
    return kExitUsage;
  } catch (const std::exception& error) {
    std::cerr << binary.name << ": " << error.what() << '\n';
    return kExitFailedRow;
  }
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
