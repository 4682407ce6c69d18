#include "bench/session.h"

#include <benchmark/benchmark.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <utility>
#include <vector>

#include "bench/context.h"
#include "bench/json_report.h"
#include "bench/options.h"
#include "bench/progress.h"
#include "bench/result_file.h"
#include "bench/row.h"
#include "bench/row_reporter.h"
#include "bench/speed_probe.h"
#include "bench/summary.h"
#include "bench/udp_client_process.h"
#include "bench/upstream_process.h"
#include "bench/workload_set.h"
#include "runtime/engine.h"

namespace gilbench {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

void handle_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { request_interrupt(); };
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);  // a closed pipe is an error of the program that wrote, as in CPython
}

std::vector<const StrategyInfo*> choose_strategies(const std::vector<std::string>& names) {
  std::vector<const StrategyInfo*> chosen;
  if (names.empty()) {
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
    if (std::find(chosen.begin(), chosen.end(), strategy) == chosen.end()) {
      chosen.push_back(strategy);
    }
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

// One invocation that runs something: the rows and all that their runs need.
class Session {
 public:
  Session(const BenchBinary& binary, const BenchOptions& options,
          std::vector<const StrategyInfo*> strategies, std::vector<Workload> workloads)
      : binary_(binary),
        options_(options),
        strategies_(std::move(strategies)),
        workloads_(std::move(workloads)) {
    for (Workload& workload : workloads_) load_workload(workload, options.size);
    rows_ = make_rows(workloads_, strategies_, options.workers, options.switch_intervals,
                      options.filter);
    if (rows_.empty()) throw UsageError("no row matches --benchmark_filter=" + options.filter);
    std::vector<std::size_t> runs;
    for (const Row& row : rows_) {
      runs.push_back(row.skipped.empty() ? static_cast<std::size_t>(options.repetitions) : 0);
    }
    progress_.emplace(runs, options.quiet);
  }

  void list_rows() const {
    for (const Row& row : rows_) std::cout << row.name << '\n';
  }

  int run(const std::string& executable);

 private:
  void start_upstream();
  void open_results(const std::string& executable);
  void keep_row(std::size_t index);
  void register_rows();
  void run_row(std::size_t index, benchmark::State& state);
  void measure_row(std::size_t index, benchmark::State& state);
  MeasuredRun run_once(const Row& row) const;
  RunRequest request_for(const Row& row) const;
  void save(const std::string& executable);
  void print_closing_words() const;
  int exit_code() const;

  const BenchBinary& binary_;
  const BenchOptions& options_;
  std::vector<const StrategyInfo*> strategies_;
  std::vector<Workload> workloads_;
  std::vector<Row> rows_;
  std::optional<Progress> progress_;
  SpeedProbe probe_;
  std::optional<UpstreamProcess> upstream_;
  std::optional<ResultFile> out_;
  std::ostringstream out_text_;  // of an --benchmark_out_format other than JSON
};

int Session::run(const std::string& executable) {
  if (!options_.out.empty()) open_results(executable);
  start_upstream();
  register_rows();
  {
    RowReporter reporter(rows_, *progress_);
    reporter.add(options_.format, std::cout, use_color(options_), options_.counters_tabular);
    if (out_) reporter.add(options_.out_format, out_text_, false, options_.counters_tabular);
    benchmark::RunSpecifiedBenchmarks(&reporter, nullptr, ".");
  }
  upstream_.reset();
  save(executable);
  if (!options_.quiet) print_closing_words();
  return exit_code();
}

void Session::open_results(const std::string& executable) {
  out_.emplace(options_.out);
  if (const std::string notice = out_->notice(); !notice.empty()) {
    std::cerr << binary_.name << ": " << notice << '\n';
  }
  out_->start_rows(to_line({{"context", workloads_context(executable, options_, strategies_)}}));
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    if (!rows_[index].skipped.empty()) keep_row(index);
  }
}

// Puts a finished row into the journal. A row may come again (a warm-up is counted as a repetition
// until the last ones push it out): the later one counts.
void Session::keep_row(std::size_t index) {
  if (!out_) return;
  const std::string complaint = out_->append_row(to_line(row_json(rows_, index)));
  if (complaint.empty()) return;
  progress_->clear();
  std::cerr << binary_.name << ": " << complaint << '\n';
}

void Session::start_upstream() {
  for (const Row& row : rows_) {
    if (!row.workload->needs_upstream || !row.skipped.empty()) continue;
    upstream_.emplace(options_.upstream_delay_ms);
    return;
  }
}

void Session::register_rows() {
  for (std::size_t index = 0; index < rows_.size(); ++index) {
    benchmark::RegisterBenchmark(rows_[index].name.c_str(),
                                 [this, index](benchmark::State& state) { run_row(index, state); })
        // One iteration is one run; a repetition is what Google Benchmark repeats.
        ->Iterations(1)
        ->UseManualTime()
        ->MeasureProcessCPUTime()
        ->Unit(benchmark::kMillisecond);
  }
}

void Session::run_row(std::size_t index, benchmark::State& state) {
  const Row& row = rows_[index];
  // Inside the loop in any case: Google Benchmark insists that all repetitions, those with an error
  // too, have the same number of iterations.
  for (auto _ : state) {
    static_cast<void>(_);
    if (!row.skipped.empty()) {
      state.SkipWithError(row.skipped.c_str());
    } else if (row.failed()) {
      state.SkipWithError(row.error.c_str());  // once is enough: it would fail again
    } else if (interrupt_requested()) {
      state.SkipWithError("interrupted");
    } else {
      measure_row(index, state);
    }
    if (state.error_occurred()) break;
  }
}

void Session::measure_row(std::size_t index, benchmark::State& state) {
  Row& row = rows_[index];
  progress_->start_run(index, row.name);
  const auto start = steady_clock::now();
  const auto [result, sample] = run_patiently(
      options_.patience, [this] { return probe_.slowdown(); },
      [this, &row] { return run_once(row); });
  progress_->finish_run(index, duration<double>(steady_clock::now() - start).count());
  if (!record_run(row, result, sample)) {
    state.SkipWithError("interrupted");
  } else if (row.has_time()) {
    // A warm-up (--benchmark_min_warmup_time) comes before the repetitions: the last ones count.
    if (row.samples.size() > static_cast<std::size_t>(options_.repetitions)) {
      row.samples.erase(row.samples.begin());
    }
    state.SetIterationTime(sample.seconds);
    for (const auto& [name, value] : sample.metrics) {
      // A collector that had nothing to do is not worth five columns of the table.
      if (value != 0 || !name.starts_with("collect")) state.counters[name] = value;
    }
    if (row.samples.size() == static_cast<std::size_t>(options_.repetitions)) keep_row(index);
  } else {
    progress_->drop_row(index);
    if (row.failed()) {
      progress_->clear();
      std::cerr << row.name << ": " << row.error << (row.error.ends_with('\n') ? "" : "\n");
    }
    keep_row(index);
    state.SkipWithError((row.failed() ? row.error : row.skipped).c_str());
  }
}

MeasuredRun Session::run_once(const Row& row) const {
  MeasuredRun run;
  try {
    // A new engine for each run: no run inherits another's heap.
    const std::unique_ptr<Engine> engine = row.strategy->make_engine();
    RunRequest request = request_for(row);
    std::optional<UdpClientProcess> client;  // ended with the run, however that ends
    if (row.workload->needs_udp_client) {
      client.emplace();
      for (std::string& pair : client->environment()) request.environment.push_back(pair);
    }
    run.sample = measure(*engine, request, run.result);
    if (client && run.result.status == RunStatus::kOk) {
      run.sample.metrics.merge(client->measurements());
    }
  } catch (const std::exception& error) {
    run.result.status = RunStatus::kError;
    run.result.message = error.what();
  }
  return run;
}

RunRequest Session::request_for(const Row& row) const {
  RunRequest request;
  request.program = row.workload->program;
  request.size = row.workload->size;
  request.workers = row.workers;
  request.timeout = options_.timeout;
  request.options.switch_interval = row.switch_interval;
  request.options.collect_cycles = options_.collect_cycles;
  request.options.naive_lock_order = options_.naive_lock_order;
  request.options.collect_every_checkpoints = options_.collect_every_checkpoints;
  if (upstream_) request.environment = upstream_->environment();
  return request;
}

void Session::save(const std::string& executable) {
  const std::string text =
      to_text(results_json(workloads_context(executable, options_, strategies_), rows_));
  if (options_.format == "json") std::cout << text << std::flush;
  if (out_) out_->commit(options_.out_format == "json" ? text : out_text_.str());
}

void Session::print_closing_words() const {
  // Beside results on stdout a closing word would spoil them for a reader that is a program.
  std::ostream& stream = options_.format == "console" ? std::cout : std::cerr;
  const std::string words = binary_.closing_words(rows_);
  if (!words.empty()) stream << '\n' << words << std::flush;
}

int Session::exit_code() const {
  if (interrupt_requested()) {
    std::size_t kept = 0;
    for (const Row& row : rows_) kept += row.has_time() ? 1 : 0;
    std::cerr << "interrupted; " << kept << " rows with times"
              << (out_ ? " saved to " + out_->path() : "") << '\n';
    return kExitInterrupted;
  }
  for (const Row& row : rows_) {
    if (row.failed()) return kExitFailedRow;
  }
  return kExitOk;
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

std::string summary(const std::vector<Row>& rows) {
  std::string words = summary_table(rows);
  if (const std::string sentence = calmness_sentence(rows); !sentence.empty()) {
    words += sentence + '\n';
  }
  for (const std::string& sentence : summary_sentences(rows)) words += sentence + '\n';
  return words;
}

}  // namespace

int bench_main(int argument_count, char** arguments, const BenchBinary& binary) {
  const std::vector<std::string> words(arguments + 1, arguments + argument_count);
  try {
    const BenchOptions options = parse_options(words, binary.command_line);
    initialize_benchmark(arguments[0], binary, options);
    std::vector<const StrategyInfo*> strategies = choose_strategies(options.strategies);
    std::vector<Workload> workloads = binary.workloads(options);
    if (options.list) {
      print_list(strategies, workloads);
      return kExitOk;
    }
    Session session(binary, options, std::move(strategies), std::move(workloads));
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
       .closing_words = summary});
}

}  // namespace gilbench
