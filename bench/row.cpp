// Makes the rows of all combinations that the filter lets through, and turns the status of a run
// into a sample, a reason to skip, or a failure.
#include "bench/row.h"

#include <algorithm>
#include <limits>

#include "bench/options.h"

namespace gilbench {
namespace {

std::string or_else(const std::string& message, const std::string& fallback) {
  return message.empty() ? fallback : message;
}

void fail(Row& row, std::string kind, std::string message) {
  row.samples.clear();
  row.error_kind = std::move(kind);
  row.error = std::move(message);
}

std::string reason_to_skip(const Workload& workload, const StrategyInfo& strategy) {
  if (workload.info.sharing != "write" || strategy.workers_share_objects) return {};
  return "the workers change what they share, and under " + std::string(strategy.name) +
         " they share no objects";
}

Row make_row(const Workload& workload, const StrategyInfo& strategy, int workers) {
  Row row;
  row.workload = &workload;
  row.strategy = &strategy;
  row.workers = workers;
  row.skipped = reason_to_skip(workload, strategy);
  return row;
}

}  // namespace

double Row::median_of(double Sample::*field) const {
  std::vector<double> values;
  for (const Sample& sample : samples) values.push_back(sample.*field);
  return median(std::move(values));
}

double Row::median_of(std::int64_t Sample::*field) const {
  std::vector<double> values;
  for (const Sample& sample : samples) values.push_back(static_cast<double>(sample.*field));
  return median(std::move(values));
}

std::int64_t Row::max_of(std::int64_t Sample::*field) const {
  std::int64_t most = 0;
  for (const Sample& sample : samples) most = std::max(most, sample.*field);
  return most;
}

std::map<std::string, std::vector<double>> Row::metrics() const {
  std::map<std::string, std::vector<double>> gathered;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    for (const auto& [name, value] : samples[i].metrics) {
      const auto [found, is_new] = gathered.try_emplace(name);
      if (is_new) found->second.assign(samples.size(), std::numeric_limits<double>::quiet_NaN());
      found->second[i] = value;
    }
  }
  return gathered;
}

std::vector<Row> make_rows(const std::vector<Workload>& workloads,
                           const std::vector<const StrategyInfo*>& chosen,
                           const std::vector<int>& workers,
                           const std::vector<std::chrono::microseconds>& switch_intervals,
                           const std::string& filter) {
  std::vector<Row> rows;
  std::vector<std::string> names;
  for (const Workload& workload : workloads) {
    const std::vector<int> counts =
        workers.empty() ? default_workers(workload.waits ? "io" : workload.kind, usable_cores())
                        : workers;
    for (const StrategyInfo* strategy : chosen) {
      const bool sweeps = strategy->has_switch_interval && switch_intervals.size() > 1;
      for (const int count : counts) {
        for (std::size_t i = 0; i < (sweeps ? switch_intervals.size() : 1); ++i) {
          Row row = make_row(workload, *strategy, count);
          row.switch_interval = switch_intervals[i];
          row.sweeps_interval = sweeps;
          row.is_extra = i > 0;
          row.name = row_name(row);
          names.push_back(row.name);
          rows.push_back(std::move(row));
        }
      }
    }
  }
  const std::vector<bool> wanted = matches_filter(names, filter);
  std::vector<Row> selected;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (wanted[i]) selected.push_back(std::move(rows[i]));
  }
  return selected;
}

std::string row_name(const Row& row) {
  std::string name = row.workload->name + "/" + std::string(row.strategy->name) +
                     "/workers:" + std::to_string(row.workers);
  if (row.is_extra) name += "/switch_us:" + std::to_string(row.switch_interval.count());
  return name;
}

bool record_run(Row& row, const RunResult& result, const Sample& sample) {
  switch (result.status) {
    case RunStatus::kOk:
      if (result.leaked_objects != 0) {
        fail(row, "leak", std::to_string(result.leaked_objects) + " objects leaked");
      } else {
        row.samples.push_back(sample);
      }
      return true;
    case RunStatus::kSkipped:
      row.samples.clear();
      row.skipped = or_else(result.message, "the strategy cannot run this program");
      return true;
    case RunStatus::kError:
      fail(row, "error", or_else(result.message, "the program failed without a message"));
      return true;
    case RunStatus::kWrongAnswer:
      fail(row, "wrong_answer",
           or_else(result.message,
                   "wrong answer: " + result.answer + " instead of " + result.expected));
      return true;
    case RunStatus::kTimeout:
      fail(row, "timeout", or_else(result.message, "timeout"));
      return true;
    case RunStatus::kKilled:
      fail(row, "killed", or_else(result.message, "a worker process was killed"));
      return true;
    case RunStatus::kInterrupted:
      return false;
  }
  return false;
}

void record_failure(Row& row, const EngineFailure& failure) {
  const bool hangs = failure.kind == "hang";
  fail(row, failure.kind == "worker" ? "killed" : hangs ? "hang" : "crash", failure.message);
  row.failure = failure;
}

std::string last_line(const std::string& text) {
  const std::size_t end = text.find_last_not_of('\n');
  if (end == std::string::npos) return {};
  const std::size_t start = text.find_last_of('\n', end);
  return text.substr(start == std::string::npos ? 0 : start + 1,
                     end - (start == std::string::npos ? std::size_t{0} - 1 : start));
}

}  // namespace gilbench
