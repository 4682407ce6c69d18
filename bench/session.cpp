// The order of a session: rows, trial of programs, plan, blocks, the rest of the budget, results,
// closing words. A block whose engine was killed from outside is run once more.
#include "bench/session.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "bench/context.h"
#include "bench/estimator/fields.h"
#include "bench/estimator/session.h"
#include "bench/exclusion.h"
#include "bench/exports.h"
#include "bench/extra_rows.h"
#include "bench/json_report.h"
#include "bench/wakeup.h"
#include "runtime/support/exit_status.h"

namespace gilbench {
namespace {

using std::chrono::duration;
using std::chrono::steady_clock;

bool use_color(const BenchOptions& options) {
  if (options.color != "auto") return options.color != "false" && options.color != "no";
  const char* terminal = std::getenv("TERM");
  return isatty(STDOUT_FILENO) == 1 && terminal != nullptr && std::string(terminal) != "dumb";
}

// 0: no terminal.
std::size_t terminal_width(int descriptor) {
  winsize size{};
  return ioctl(descriptor, TIOCGWINSZ, &size) == 0 ? size.ws_col : std::size_t{0};
}

// Killed from outside, as by a kernel that has no memory left. What a program or an engine does to
// itself it would do again.
bool was_killed(const RowOutcome& outcome) {
  return outcome.failure && outcome.failure->kind == "signal" &&
         outcome.failure->signal == "SIGKILL" && !interrupt_requested();
}

}  // namespace

Session::Session(const BenchBinary& binary, const BenchOptions& options, EngineBuilds& engines,
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
  make_rows_of_workloads();
}

void Session::make_rows_of_workloads() {
  rows_ = make_rows(workloads_, engines_.strategies(), options_.workers, options_.switch_intervals,
                    options_.filter);
  if (rows_.empty()) throw UsageError("no row matches --benchmark_filter=" + options_.filter);
}

void Session::list_rows() const {
  for (const Row& row : rows_) std::cout << row.name << '\n';
}

// The user's own programs are tried once: one that waits rather than computes is asked for more
// workers than there are cores.
void Session::try_programs() {
  if (!options_.workers.empty()) return;
  bool any = false;
  for (Workload& workload : workloads_) {
    if (workload.kind != estimator::kProgramKind || interrupt_requested()) continue;
    workload.waits = is_waiting(workload);
    any = any || workload.waits;
  }
  if (any) make_rows_of_workloads();
}

bool Session::is_waiting(const Workload& workload) {
  constexpr double kComputes = 0.5;  // of a core's time, at least
  for (const Row& row : rows_) {
    if (row.workload != &workload || row.workers != 1 || !row.skipped.empty()) continue;
    const RowOutcome outcome = runner_.run(row);
    runner_.end_processes();
    const Sample& sample = outcome.reply.sample;
    return !outcome.failure && outcome.reply.result.status == RunStatus::kOk &&
           sample.cpu_seconds < kComputes * sample.seconds;
  }
  return false;
}

// What programs print, with --verbose.
EngineProcess::Hear Session::hearer() {
  if (!options_.verbose) return {};
  return [this](std::string_view text) {
    if (progress_) progress_->clear();
    std::cerr << text << std::flush;
  };
}

int Session::run(const std::string& executable) {
  runner_.start_services(rows_);
  try_programs();
  plan_rows();
  context_ = workloads_context(executable, options_, engines_);
  if (out_ != nullptr) start_journal();
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
  write_exports(results);
  if (!options_.quiet) print_closing_words(results);
  return exit_code(results);
}

// Adds what the session needs to judge itself, and counts the runs.
void Session::plan_rows() {
  if (options_.has_budget()) {
    add_noise_pairs(rows_, usable_cores(), [this](const StrategyInfo& strategy) {
      return engines_.second_name(strategy);
    });
  }
  for (Row& row : rows_) {
    const EnginePlace& place = engines_.place_of(row.strategy);
    row.engine = engines_.builds()[place.build].name;
    row.engine_strategy = place.strategy;
    row.version = engines_.builds()[place.build].python;
    runs_left_.push_back(planned_runs(row, plan_size()));
  }
  progress_.emplace(runs_left_, options_.quiet);
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
  for (const Block& block : plan_blocks(rows_, plan_size(), orders_, random_)) {
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
  may_repeat_ = true;
  if (!run_rows_of(block, reporter)) {
    may_repeat_ = false;
    take_back(block);
    run_rows_of(block, reporter);
  }
  block_seconds_[rows_[block.front()].workload] =
      duration<double>(steady_clock::now() - start).count();
}

// False where the engine process was killed and the block may be run once more.
bool Session::run_rows_of(const Block& block, RowReporter& reporter) {
  ++block_;
  machine_.probe(random_);
  bool is_whole = true;
  for (const std::size_t index : block) {
    if (interrupt_requested() || !is_whole) break;
    is_whole = run_row(index, reporter);
    if (is_whole) repeat_if_short(index);
  }
  end_block();
  return is_whole;
}

// A time that is too short to be measured well is taken several times in a block, which then has
// their mean. Not where the number of repetitions was asked for.
void Session::repeat_if_short(std::size_t index) {
  constexpr double kShort = 0.005;
  constexpr int kMost = 3;
  Row& row = rows_[index];
  for (int times = 1; times < kMost && options_.has_budget(); ++times) {
    if (interrupt_requested() || !row.has_time() || row.samples.back().seconds >= kShort) return;
    RowOutcome outcome = runner_.run(row);
    // What went wrong will go wrong in the next block, too, and be told there.
    if (outcome.failure || outcome.reply.result.status != RunStatus::kOk) return;
    describe(outcome.reply.sample);
    if (!record_run(row, outcome.reply.result, outcome.reply.sample)) return;
    keep_row(index);
  }
}

// What the block that was killed has measured: its rows are to be side by side.
void Session::take_back(const Block& block) {
  for (const std::size_t index : std::set<std::size_t>(block.begin(), block.end())) {
    if (rows_[index].reported) continue;  // its line is written
    const std::size_t taken = std::erase_if(
        rows_[index].samples, [this](const Sample& sample) { return sample.block == block_; });
    // Of a short time there may be more than were planned.
    const auto planned = static_cast<std::size_t>(std::count(block.begin(), block.end(), index));
    for (std::size_t run = 0; run < std::min(taken, planned); ++run) {
      ++runs_left_[index];
      progress_->add_run(index);
    }
  }
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
        block_to_add(rows_, block_seconds_, left, wide_enough, orders_);
    if (!block) return;
    progress_->set_budget(left);
    for (const std::size_t index : *block) {
      ++runs_left_[index];
      progress_->add_run(index);
    }
    run_block(*block, reporter);
  }
}

// False where the engine process was killed, which is no fault of the row's yet.
bool Session::run_row(std::size_t index, RowReporter& reporter) {
  Row& row = rows_[index];
  if (row.reported) return true;  // failed, for once is enough; or complete before a block's repeat
  if (row.skipped.empty()) {
    progress_->start_run(index, row.name);
    const auto start = steady_clock::now();
    RowOutcome outcome = runner_.run(row);
    describe(outcome.reply.sample);
    progress_->finish_run(index, duration<double>(steady_clock::now() - start).count());
    if (!record(index, outcome)) return false;
    const bool may_go_on = runs_left_[index] > 0 || options_.has_budget();
    if (!row.failed() && row.skipped.empty() && may_go_on) return true;
  }
  finish_row(index, reporter);
  return true;
}

bool Session::record(std::size_t index, const RowOutcome& outcome) {
  Row& row = rows_[index];
  if (may_repeat_ && was_killed(outcome)) return false;
  const bool answered = !outcome.failure || outcome.failure->kind == "worker";
  if (!answered) {
    if (interrupt_requested()) return true;  // it was ended with everything else
    record_failure(row, *outcome.failure);
  } else if (!record_run(row, outcome.reply.result, outcome.reply.sample)) {
    request_interrupt();  // somebody has interrupted the engine process
    return true;
  } else if (outcome.failure) {
    record_failure(row, *outcome.failure);
  }
  --runs_left_[index];
  keep_row(index);
  if (row.has_time()) return true;
  runs_left_[index] = 0;
  progress_->drop_row(index);
  if (row.failed()) say_error(row);
  return true;
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

std::string Session::closing_words(const std::string& results, const SummaryLook& look) const {
  try {
    return binary_.closing_words(rows_, results, options_, look);
  } catch (const estimator::DataError& error) {  // names or numbers that could not be shown
    std::cerr << binary_.name << ": no conclusions: " << error.what() << '\n';
    return {};
  }
}

void Session::print_closing_words(const std::string& results) const {
  // Beside results on stdout a closing word would spoil them for a reader that is a program.
  const bool is_table = options_.format == "console";
  SummaryLook look;
  look.color = is_table && use_color(options_);
  look.width = terminal_width(is_table ? STDOUT_FILENO : STDERR_FILENO);
  const std::string words = closing_words(results, look);
  if (!words.empty()) (is_table ? std::cout : std::cerr) << '\n' << words << std::flush;
}

void Session::write_exports(const std::string& results) {
  try {
    if (!options_.export_csv.empty()) {
      write_export(options_.export_csv, rows_csv(rows_, results));
    }
    if (!options_.export_markdown.empty()) {
      write_export(options_.export_markdown, closing_words(results, {.markdown = true}));
    }
  } catch (const std::runtime_error& error) {
    ended_badly_ = true;
    std::cerr << binary_.name << ": " << error.what() << '\n';
  }
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
    if (row.failed()) return kExitFailed;
  }
  if (ended_badly_) return kExitFailed;
  return options_.strict && !has_verdicts(results, options_.threshold) ? kExitNoVerdict : kExitOk;
}

}  // namespace gilbench
