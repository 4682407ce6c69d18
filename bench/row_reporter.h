// Shows finished rows as they come, in the formats of --benchmark_format and
// --benchmark_out_format.
#pragma once

#include <benchmark/benchmark.h>

#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include "bench/progress.h"
#include "bench/row.h"

namespace gilbench {

// Hands rows to Google Benchmark's own reporters as if it had run them here: their repetitions with
// the usual aggregates; or once, why there is no time. JSON is not its business: that is written
// from the rows in the end.
class RowReporter {
 public:
  RowReporter(const std::vector<Row>& rows, Progress& progress);

  // `format`: console, csv, or json, which adds nothing. `stream` must outlive the reporter.
  // aggregates_only: without the repetitions of rows that have several.
  struct Look {
    bool color = false;
    bool tabular = false;
    bool aggregates_only = false;
  };
  void add(const std::string& format, std::ostream& stream, Look look);

  void begin();
  void report(const Row& row);
  void end();

 private:
  using Run = benchmark::BenchmarkReporter::Run;

  struct Sink {
    std::unique_ptr<benchmark::BenchmarkReporter> reporter;
    bool aggregates_only = false;
    bool median_only = false;
  };

  Progress& progress_;
  std::vector<Sink> sinks_;
  std::size_t name_width_ = 10;
};

}  // namespace gilbench
