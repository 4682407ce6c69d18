#include "bench/row_reporter.h"

#include <algorithm>
#include <iomanip>
#include <utility>

namespace gilbench {
namespace {

constexpr std::size_t kAggregateSuffix = 7;  // "_median", "_stddev"

// Google Benchmark's table, but a row without a time is no "ERROR OCCURRED": it may be skipped.
class TableReporter : public benchmark::ConsoleReporter {
 public:
  using ConsoleReporter::ConsoleReporter;

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
class TimesReporter : public benchmark::CSVReporter {
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

}  // namespace

RowReporter::RowReporter(const std::vector<Row>& rows, Progress& progress) : progress_(progress) {
  for (const Row& row : rows) {
    rows_[row.name] = &row;
    name_width_ = std::max(name_width_, row.name.size() + kAggregateSuffix);
  }
}

void RowReporter::add(const std::string& format, std::ostream& stream, bool color, bool tabular) {
  if (format == "json") return;
  sinks_.push_back(format == "csv" ? make_csv_reporter() : make_table_reporter(color, tabular));
  sinks_.back()->SetOutputStream(&stream);
}

bool RowReporter::ReportContext(const Context& context) {
  Context plain = context;
  plain.name_field_width = name_width_;
  bool go_on = true;
  for (const auto& sink : sinks_) go_on = sink->ReportContext(plain) && go_on;
  return go_on;
}

void RowReporter::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> shown;
  for (const Run& run : runs) {
    const auto found = rows_.find(run.run_name.function_name);
    if (found == rows_.end()) continue;
    const Row& row = *found->second;
    Run plain = run;
    plain.run_name = benchmark::BenchmarkName();
    plain.run_name.function_name = row.name;
    if (row.failed() || !row.skipped.empty()) {
      if (run.run_type == Run::RT_Aggregate) continue;
      plain.error_occurred = true;
      plain.error_message = reason_of(row);
      shown = {plain};  // once, however many repetitions there were
    } else if (!run.error_occurred) {
      shown.push_back(std::move(plain));
    }  // else an interrupted run of a row that may have others: not worth a line
  }
  if (shown.empty()) return;
  progress_.clear();
  for (const auto& sink : sinks_) sink->ReportRuns(shown);
}

void RowReporter::Finalize() {
  progress_.clear();
  for (const auto& sink : sinks_) sink->Finalize();
}

}  // namespace gilbench
