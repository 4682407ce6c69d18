// Gathers what Google Benchmark measured, for the closing table and for JSON, and shows the rest.
#pragma once

#include <benchmark/benchmark.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/primitives/rows.h"

namespace gilbench {

// The counter that carries an operation's CPU seconds: Google Benchmark itself sees only the thread
// that waits for the others.
inline constexpr const char* kCpuSeconds = "cpu_seconds";

// Stands between Google Benchmark and a display of its own: takes "/manual_time" off the names,
// puts kCpuSeconds into their place, puts the repetitions' times into the rows, and lets only
// medians through to a console.
class RowCollector : public benchmark::BenchmarkReporter {
 public:
  // `display` may be null. `medians_only`: of rows that are repeated. `keep` gets what json() will
  // have, each row when it is finished.
  RowCollector(std::vector<PrimitiveRow>& rows,
               std::unique_ptr<benchmark::BenchmarkReporter> display, bool medians_only,
               std::function<void(const nlohmann::ordered_json&)> keep);

  bool ReportContext(const Context& context) override;
  void ReportRuns(const std::vector<Run>& runs) override;
  void Finalize() override;

  // Google Benchmark's keys for each run and aggregate, and what the name says as keys of its own;
  // in the rows' order, in whichever order they were run.
  nlohmann::ordered_json json() const;

 private:
  // The index of the row of that name; the number of rows where there is none.
  std::size_t find(const std::string& name) const;

  std::vector<PrimitiveRow>& rows_;
  std::unique_ptr<benchmark::BenchmarkReporter> display_;
  bool medians_only_;
  std::function<void(const nlohmann::ordered_json&)> keep_;
  std::vector<std::vector<nlohmann::ordered_json>> json_;  // by row
};

}  // namespace gilbench
