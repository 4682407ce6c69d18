// Finds a run's row by its name, and puts the threads' processor time, which arrives as a counter,
// in the place of Google Benchmark's own.
#include "bench/primitives/collector.h"

#include <algorithm>
#include <utility>

namespace gilbench {
namespace {

using nlohmann::ordered_json;
using Run = benchmark::BenchmarkReporter::Run;

constexpr std::size_t kAggregateSuffix = 7;  // "_median", "_stddev"

bool is_time(const Run& run) {
  return run.run_type != Run::RT_Aggregate || run.aggregate_unit == benchmark::kTime;
}

void move_cpu_seconds(Run& run) {
  const auto counter = run.counters.find(kCpuSeconds);
  if (counter == run.counters.end()) return;
  // Times are kept as sums over the iterations, proportions (cv) as they are.
  const double count = is_time(run) ? static_cast<double>(run.iterations) : 1;
  run.cpu_accumulated_time = counter->second.value * count;
  run.counters.erase(counter);
}

ordered_json run_json(const Run& run, const PrimitiveRow& row) {
  ordered_json json{{"name", run.benchmark_name()},
                    {"family_index", run.family_index},
                    {"per_family_instance_index", run.per_family_instance_index},
                    {"run_name", row.name}};
  const bool aggregate = run.run_type == Run::RT_Aggregate;
  json["run_type"] = aggregate ? "aggregate" : "iteration";
  json["repetitions"] = run.repetitions;
  if (aggregate) {
    json["aggregate_name"] = run.aggregate_name;
    json["aggregate_unit"] = run.aggregate_unit == benchmark::kTime ? "time" : "percentage";
  } else {
    json["repetition_index"] = run.repetition_index;
  }
  json["threads"] = row.threads;
  json["iterations"] = run.iterations;
  json["real_time"] = is_time(run) ? run.GetAdjustedRealTime() : run.real_accumulated_time;
  json["cpu_time"] = is_time(run) ? run.GetAdjustedCPUTime() : run.cpu_accumulated_time;
  json["time_unit"] = benchmark::GetTimeUnitString(run.time_unit);
  json["primitive"] = std::string(row.primitive->name);
  json["subject"] = std::string(row.primitive->subject);
  json["mode"] = row.mode;
  return json;
}

}  // namespace

RowCollector::RowCollector(std::vector<PrimitiveRow>& rows,
                           std::unique_ptr<benchmark::BenchmarkReporter> display, bool medians_only,
                           std::function<void(const ordered_json&)> keep)
    : rows_(rows),
      display_(std::move(display)),
      medians_only_(medians_only),
      keep_(std::move(keep)),
      json_(rows.size()) {}

std::size_t RowCollector::find(const std::string& name) const {
  const auto found = std::find_if(rows_.begin(), rows_.end(),
                                  [&](const PrimitiveRow& row) { return row.name == name; });
  return static_cast<std::size_t>(found - rows_.begin());
}

ordered_json RowCollector::json() const {
  ordered_json all = ordered_json::array();
  for (const std::vector<ordered_json>& of_row : json_) {
    for (const ordered_json& run : of_row) all.push_back(run);
  }
  return all;
}

bool RowCollector::ReportContext(const Context& context) {
  if (display_ == nullptr) return true;
  Context plain = context;
  plain.name_field_width = 10;
  for (const PrimitiveRow& row : rows_) {
    plain.name_field_width = std::max(plain.name_field_width, row.name.size() + kAggregateSuffix);
  }
  return display_->ReportContext(plain);
}

void RowCollector::ReportRuns(const std::vector<Run>& runs) {
  std::vector<Run> shown;
  for (const Run& run : runs) {
    const std::size_t index = find(run.run_name.function_name);
    if (index == rows_.size() || run.error_occurred) continue;  // interrupted
    PrimitiveRow& row = rows_[index];
    Run plain = run;
    plain.run_name = benchmark::BenchmarkName();
    plain.run_name.function_name = row.name;
    move_cpu_seconds(plain);
    json_[index].push_back(run_json(plain, row));
    keep_(json_[index].back());
    if (run.run_type == Run::RT_Iteration) {
      const double per_second = benchmark::GetTimeUnitMultiplier(run.time_unit);
      row.nanoseconds.push_back(run.GetAdjustedRealTime() / per_second * 1e9);
    }
    const bool repeated = run.repetitions > 1;
    if (!medians_only_ || !repeated || run.aggregate_name == "median") shown.push_back(plain);
  }
  if (display_ != nullptr && !shown.empty()) display_->ReportRuns(shown);
}

void RowCollector::Finalize() {
  if (display_ != nullptr) display_->Finalize();
}

}  // namespace gilbench
