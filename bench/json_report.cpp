#include "bench/json_report.h"

#include <cmath>

namespace gilbench {
namespace {

using nlohmann::ordered_json;

// Keys that Google Benchmark's tools read.
ordered_json common_keys(const Row& row, std::size_t index) {
  return {{"name", row.name},
          {"family_index", index},
          {"per_family_instance_index", 0},
          {"run_name", row.name},
          {"run_type", "iteration"},
          {"repetitions", row.samples.empty() ? 1 : row.samples.size()},
          {"repetition_index", 0},
          {"threads", 1},  // Google Benchmark's own; ours are "workers"
          {"iterations", row.has_time() ? 1 : 0}};
}

void add_identity(ordered_json& json, const Row& row) {
  json["strategy"] = std::string(row.strategy->name);
  if (!row.engine.empty()) json["engine"] = row.engine;
  if (!row.engine_strategy.empty() &&
      (!row.engine.empty() || row.engine_strategy != row.strategy->name)) {
    json["engine_strategy"] = row.engine_strategy;
  }
  if (!row.version.empty()) json["version"] = row.version;
  json["workload"] = row.workload->name;
  json["kind"] = row.workload->kind;
  json["sharing"] = row.workload->info.sharing;
  json["workers"] = row.workers;
  if (row.workload->is_other_size) json["size"] = row.workload->size;
  if (row.workload->info.fixed_duration) json["fixed_duration"] = true;
  if (row.workload->info.expects_error) json["expects_error"] = true;
  if (row.sweeps_interval) json["switch_interval_us"] = row.switch_interval.count();
}

void add_times(ordered_json& json, const Row& row) {
  json["real_time"] = row.median_seconds() * 1e3;
  json["cpu_time"] = row.median_of(&Sample::cpu_seconds) * 1e3;
  json["time_unit"] = "ms";
  if (row.one_process) json["block"] = 0;
  json["seconds"] = ordered_json::array();
  for (const Sample& sample : row.samples) json["seconds"].push_back(sample.seconds);
  json["slowdown"] = ordered_json::array();
  for (const Sample& sample : row.samples) json["slowdown"].push_back(sample.slowdown);
  json["startup_seconds"] = row.median_of(&Sample::startup_seconds);
  json["cpu_seconds"] = row.median_of(&Sample::cpu_seconds);
  json["peak_rss_bytes"] = row.max_of(&Sample::peak_rss_bytes);
  if (!row.strategy->workers_share_objects) {
    json["transfer_seconds"] = row.median_of(&Sample::transfer_seconds);
    json["memory_written_bytes"] = row.max_of(&Sample::memory_written_bytes);
  }
  json["voluntary_switches"] = row.median_of(&Sample::voluntary_switches);
  json["involuntary_switches"] = row.median_of(&Sample::involuntary_switches);
  json["fairness"] = row.median_of(&Sample::fairness);
  json["answer"] = row.samples.back().answer;
  json["leaked_objects"] = row.max_of(&Sample::leaked_objects);
}

// A metric that is missing or no number is null.
void add_metrics(ordered_json& json, const Row& row) {
  const auto metrics = row.metrics();
  if (metrics.empty()) return;
  json["metrics"] = ordered_json::object();
  for (const auto& [name, values] : metrics) {
    auto& numbers = json["metrics"][name] = ordered_json::array();
    for (const double value : values) {
      numbers.push_back(std::isfinite(value) ? ordered_json(value) : ordered_json());
    }
  }
}

// Google Benchmark's comparing tool takes a time from every row that is no aggregate, and pairs
// rows by their unit: as an aggregate without a unit a row without a time does not trip it.
void add_reason(ordered_json& json, const Row& row) {
  json["run_type"] = "aggregate";
  json["time_unit"] = nullptr;
  if (!row.skipped.empty()) {
    json["skipped"] = row.skipped;
    return;
  }
  json["error_occurred"] = true;
  json["error_message"] = row.error;
  json["error_kind"] = row.error_kind;
  if (row.failure) json["failure"] = row.failure->to_json();
}

}  // namespace

ordered_json row_json(const std::vector<Row>& rows, std::size_t index) {
  const Row& row = rows[index];
  ordered_json json = common_keys(row, index);
  add_identity(json, row);
  if (row.has_time()) {
    add_times(json, row);
    add_metrics(json, row);
    const Row* alone = row.is_speed() ? one_worker_row(rows, row) : nullptr;
    if (alone != nullptr && row.median_seconds() > 0) {
      json["speedup"] = alone->median_seconds() / row.median_seconds();
    }
  } else {
    add_reason(json, row);
  }
  return json;
}

ordered_json results_json(const ordered_json& context, const std::vector<Row>& rows) {
  ordered_json document;
  document["context"] = context;
  document["benchmarks"] = ordered_json::array();
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const Row& row = rows[index];
    if (!row.has_time() && !row.failed() && row.skipped.empty()) continue;
    document["benchmarks"].push_back(row_json(rows, index));
  }
  return document;
}

std::string to_text(const ordered_json& document) {
  return document.dump(2, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

std::string to_line(const ordered_json& document) {
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace gilbench
