// Shows finished rows as they come, in the formats of --benchmark_format and
// --benchmark_out_format.
#pragma once

#include <benchmark/benchmark.h>

#include <map>
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "bench/progress.h"
#include "bench/row.h"

namespace gilbench {

// Stands between Google Benchmark and its own reporters: gives the rows their plain names (it would
// add "/iterations:1/manual_time"), and says of a row without a time, once, why. JSON is not its
// business: that is written from the rows in the end.
class RowReporter : public benchmark::BenchmarkReporter {
 public:
  RowReporter(const std::vector<Row>& rows, Progress& progress);

  // `format`: console, csv, or json, which adds nothing. `stream` must outlive the reporter.
  void add(const std::string& format, std::ostream& stream, bool color, bool tabular);

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

 private:
  std::map<std::string, const Row*> rows_;
  Progress& progress_;
  std::vector<std::unique_ptr<benchmark::BenchmarkReporter>> sinks_;
  std::size_t name_width_ = 10;
};

}  // namespace gilbench
