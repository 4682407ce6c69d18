// A row of the results: one workload under one strategy with one number of workers.
#pragma once

#include <chrono>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bench/engine_failure.h"
#include "bench/measurement.h"
#include "bench/workload_set.h"
#include "runtime/engine.h"

namespace gilbench {

// A row has samples, or `skipped`, or `error`; a row that failed keeps no times.
struct Row {
  const Workload* workload = nullptr;
  const StrategyInfo* strategy = nullptr;
  std::string engine;           // the name of the other build that runs it; empty: this one
  std::string engine_strategy;  // as that build names its strategy
  std::string version;          // of the Python that runs it; empty: it is an engine of ours
  int workers = 1;
  std::chrono::microseconds switch_interval{5000};
  // One of several that were asked for. The first is what the strategy is compared with others by,
  // and its row has the name that it has without the others.
  bool sweeps_interval = false;
  bool is_extra = false;  // of several intervals not the first
  std::string name;       // kind/workload/strategy/workers:N, with /switch_us:N where it is extra
  std::vector<Sample> samples;
  std::string skipped;                   // why it cannot be run
  std::string error;                     // one line or a traceback
  std::string error_kind;                // error, wrong_answer, timeout, killed, leak; crash, hang
  bool reported = false;                 // its line in the table has been written
  std::optional<EngineFailure> failure;  // how an engine process or a worker of it has died

  bool failed() const { return !error.empty(); }
  // Whether its time may be compared: neither set beforehand nor the time until an expected error.
  bool is_speed() const { return !workload->info.fixed_duration && !workload->info.expects_error; }
  // Whether results have it: it has a time, or a reason why there is none.
  bool has_outcome() const { return has_time() || failed() || !skipped.empty(); }
  bool has_time() const { return !samples.empty() && skipped.empty() && error.empty(); }
  double median_seconds() const { return median_of(&Sample::seconds); }
  double median_of(double Sample::*field) const;
  double median_of(std::int64_t Sample::*field) const;
  std::int64_t max_of(std::int64_t Sample::*field) const;
  // The repetitions' metrics by name; NaN where a repetition lacks one.
  std::map<std::string, std::vector<double>> metrics() const;
};

// Every row in the order workload, strategy, workers, cut down by `filter`. Rows whose workers
// would have to share what the strategy cannot share are marked skipped. `workers` empty: the
// defaults. Several `switch_intervals`: a row for each under strategies that have such an interval.
std::vector<Row> make_rows(const std::vector<Workload>& workloads,
                           const std::vector<const StrategyInfo*>& chosen,
                           const std::vector<int>& workers,
                           const std::vector<std::chrono::microseconds>& switch_intervals,
                           const std::string& filter);

// As a row is called by what it is: kind/workload/strategy/workers:N, and so on.
std::string row_name(const Row& row);

// Files a finished run in its row: a sample, or the reason why there is none.
// False for a run that was interrupted, which leaves the row as it was.
bool record_run(Row& row, const RunResult& result, const Sample& sample);

// Files that the engine process of a run has died, or a worker process of it.
void record_failure(Row& row, const EngineFailure& failure);

// The last line of a traceback: what a table has room for.
std::string last_line(const std::string& text);

}  // namespace gilbench
