// Wraps Google Benchmark's reporters where they get our rows wrong: rows without a time, the
// library's own warning, CSV with changing counters.
#include "bench/row_reporter.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <iomanip>
#include <map>
#include <sstream>
#include <string>
#include <utility>

#include "bench/aggregates.h"

namespace gilbench {
namespace {

constexpr std::size_t kAggregateSuffix = 7;  // "_median", "_stddev"

// Says of the machine what Google Benchmark's reporter says, without its warning that the library
// was built with assertions: as Debian builds it, it always was, and it takes no part in what is
// timed.
template <class Reporter>
class WithoutLibraryWarning : public Reporter {
 public:
  using Reporter::Reporter;

  bool ReportContext(const benchmark::BenchmarkReporter::Context& context) override {
    std::ostream& shown = this->GetErrorStream();
    std::stringstream text;
    this->SetErrorStream(&text);
    const bool goes_on = Reporter::ReportContext(context);
    this->SetErrorStream(&shown);
    for (std::string line; std::getline(text, line);) {
      if (line.find("Library was built as DEBUG") == std::string::npos) shown << line << '\n';
    }
    return goes_on;
  }
};

// Google Benchmark's table, but a row without a time is no "ERROR OCCURRED": it may be skipped.
class TableReporter : public WithoutLibraryWarning<benchmark::ConsoleReporter> {
 public:
  using WithoutLibraryWarning::WithoutLibraryWarning;

 protected:
  void PrintRunData(const Run& run) override {
    if (!run.error_occurred) {
      ConsoleReporter::PrintRunData(run);
      return;
    }
    GetOutputStream() << std::left << std::setw(static_cast<int>(name_field_width_))
                      << run.benchmark_name() << ' ' << run.error_message << std::endl;
  }
};

// Deprecated since years, and still what --benchmark_format=csv means.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
// Google Benchmark's CSV ends the program at the first row that has other counters than the first;
// rows have the metrics of their programs, so it sees none.
class TimesReporter : public WithoutLibraryWarning<benchmark::CSVReporter> {
 public:
  void ReportRuns(const std::vector<Run>& runs) override {
    std::vector<Run> plain = runs;
    for (Run& run : plain) run.counters.clear();
    CSVReporter::ReportRuns(plain);
  }
};

std::unique_ptr<benchmark::BenchmarkReporter> make_csv_reporter() {
  return std::make_unique<TimesReporter>();
#pragma GCC diagnostic pop
}

std::unique_ptr<benchmark::BenchmarkReporter> make_table_reporter(bool color, bool tabular) {
  using Reporter = benchmark::ConsoleReporter;
  return std::make_unique<TableReporter>(static_cast<Reporter::OutputOptions>(
      (color ? Reporter::OO_Color : 0) | (tabular ? Reporter::OO_Tabular : 0)));
}

std::string reason_of(const Row& row) {
  return row.failed() ? "error: " + last_line(row.error) : "skipped: " + row.skipped;
}

using Run = benchmark::BenchmarkReporter::Run;

Run plain_run(const Row& row) {
  Run run;
  run.run_name.function_name = row.name;
  run.iterations = 1;
  run.threads = 1;
  run.time_unit = benchmark::kMillisecond;
  run.repetitions = std::max(static_cast<std::int64_t>(row.samples.size()), std::int64_t{1});
  run.repetition_index = 0;
  run.family_index = 0;
  run.per_family_instance_index = 0;
  run.statistics = nullptr;
  return run;
}

Run run_without_time(const Row& row) {
  Run run = plain_run(row);
  run.error_occurred = true;
  run.error_message = reason_of(row);
  return run;
}

std::vector<Run> runs_of(const Row& row) {
  std::vector<Run> runs;
  for (const Sample& sample : row.samples) {
    Run run = plain_run(row);
    run.repetition_index = static_cast<std::int64_t>(runs.size());
    run.real_accumulated_time = sample.shown.real_seconds;
    run.cpu_accumulated_time = sample.shown.cpu_seconds;
    for (const auto& [name, value] : sample.shown.counters) run.counters[name] = value;
    runs.push_back(std::move(run));
  }
  return runs;
}

// ---- what Google Benchmark adds to several repetitions ----

std::vector<Run> aggregates_of(const Row& row, const std::vector<Run>& runs) {
  if (runs.size() < 2) return {};
  std::vector<double> real;
  std::vector<double> cpu;
  std::map<std::string, std::vector<double>> counters;
  for (const Run& run : runs) {
    real.push_back(run.real_accumulated_time);
    cpu.push_back(run.cpu_accumulated_time);
    for (const auto& [name, counter] : run.counters) counters[name].push_back(counter.value);
  }
  std::vector<Run> aggregates;
  for (const Aggregate& aggregate : all_aggregates()) {
    Run run = plain_run(row);
    run.run_type = Run::RT_Aggregate;
    run.aggregate_name = aggregate.name;
    run.aggregate_unit = aggregate.unit;
    run.repetition_index = Run::no_repetition_index;
    run.real_accumulated_time = aggregate.compute(real);
    run.cpu_accumulated_time = aggregate.compute(cpu);
    for (const auto& [name, values] : counters) {
      if (values.size() == runs.size()) run.counters[name] = aggregate.compute(values);
    }
    aggregates.push_back(std::move(run));
  }
  return aggregates;
}

}  // namespace

RowReporter::RowReporter(const std::vector<Row>& rows, Progress& progress) : progress_(progress) {
  for (const Row& row : rows) {
    name_width_ = std::max(name_width_, row.name.size() + kAggregateSuffix);
  }
}

void RowReporter::add(const std::string& format, std::ostream& stream, Look look) {
  if (format == "json") return;
  Sink& sink = sinks_.emplace_back();
  sink.reporter =
      format == "csv" ? make_csv_reporter() : make_table_reporter(look.color, look.tabular);
  sink.reporter->SetOutputStream(&stream);
  sink.aggregates_only = look.aggregates_only;
  // A table for people has a line for each row; the spread is the closing table's.
  sink.median_only = look.aggregates_only && format == "console";
}

void RowReporter::begin() {
  benchmark::BenchmarkReporter::Context context;
  context.name_field_width = name_width_;
  for (const Sink& sink : sinks_) sink.reporter->ReportContext(context);
}

void RowReporter::report(const Row& row) {
  std::vector<Run> runs;
  std::vector<Run> aggregates;
  if (row.failed() || !row.skipped.empty()) {
    runs = {run_without_time(row)};
  } else {
    runs = runs_of(row);
    aggregates = aggregates_of(row, runs);
  }
  if (runs.empty()) return;
  progress_.clear();
  for (const Sink& sink : sinks_) {
    std::vector<Run> shown;
    if (!sink.aggregates_only || aggregates.empty()) shown = runs;
    for (const Run& aggregate : aggregates) {
      if (!sink.median_only || aggregate.aggregate_name == "median") shown.push_back(aggregate);
    }
    sink.reporter->ReportRuns(shown);
    sink.reporter->GetOutputStream().flush();
  }
}

void RowReporter::end() {
  progress_.clear();
  for (const Sink& sink : sinks_) sink.reporter->Finalize();
}

}  // namespace gilbench
