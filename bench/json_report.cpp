// A row becomes one object for each repetition and one for each aggregate; a row without a time
// becomes one object with the reason.
#include "bench/json_report.h"

#include <cmath>

#include "bench/aggregates.h"

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
          {"threads", 1}};  // Google Benchmark's own; ours are "workers"
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

void add_circumstances(ordered_json& json, const Sample& sample) {
  json["block"] = sample.block;
  json["process"] = sample.process;
  json["start_seconds"] = sample.start_seconds;
  json["slowdown"] = sample.slowdown;
  if (sample.cores_gave > 0) json["cores_gave"] = sample.cores_gave;
  json["others_cores"] = sample.disturbance.others_cores;
  json["steal_cores"] = sample.disturbance.steal_cores;
  json["waiting_cores"] = sample.waiting_cores;
  if (!sample.excluded.empty()) json["excluded"] = sample.excluded;
}

// Absent is what is not known.
void add_fair_quantities(ordered_json& json, const Sample& sample) {
  if (sample.pss_bytes > 0) json["pss_bytes"] = sample.pss_bytes;
  if (sample.longest_wait_seconds) json["longest_wait_seconds"] = *sample.longest_wait_seconds;
  for (const auto& [name, buckets] : sample.histograms) {
    ordered_json& histogram = json["histograms"][name];
    histogram = {{"unit", "ns"}, {"growth", kBucketGrowth}, {"buckets", ordered_json::object()}};
    for (const auto& [index, count] : buckets) {
      histogram["buckets"][std::to_string(index)] = count;
    }
  }
}

void add_measurements(ordered_json& json, const Row& row, const Sample& sample) {
  json["seconds"] = sample.seconds;
  json["startup_seconds"] = sample.startup_seconds;
  json["cpu_seconds"] = sample.cpu_seconds;
  json["peak_rss_bytes"] = sample.peak_rss_bytes;
  if (!row.strategy->workers_share_objects) {
    json["transfer_seconds"] = sample.transfer_seconds;
    json["memory_written_bytes"] = sample.memory_written_bytes;
  }
  json["voluntary_switches"] = sample.voluntary_switches;
  json["involuntary_switches"] = sample.involuntary_switches;
  json["fairness"] = sample.fairness;
  json["answer"] = sample.answer;
  json["leaked_objects"] = sample.leaked_objects;
  add_fair_quantities(json, sample);
  if (sample.metrics.empty()) return;
  for (const auto& [name, value] : sample.metrics) {
    json["metrics"][name] = std::isfinite(value) ? ordered_json(value) : ordered_json();
  }
}

// Over all repetitions, as Google Benchmark computes them; conclusions leave out what does not
// count.
std::vector<ordered_json> aggregates_json(const Row& row, std::size_t index) {
  std::vector<ordered_json> entries;
  if (row.samples.size() < 2) return entries;
  std::vector<double> real;
  std::vector<double> cpu;
  for (const Sample& sample : row.samples) {
    real.push_back(sample.seconds);
    cpu.push_back(sample.cpu_seconds);
  }
  for (const Aggregate& aggregate : all_aggregates()) {
    ordered_json json = common_keys(row, index);
    const bool is_time = aggregate.unit == benchmark::kTime;
    const double unit = is_time ? 1e3 : 1;
    json["name"] = row.name + "_" + aggregate.name;
    json["run_type"] = "aggregate";
    json.erase("repetition_index");
    json["aggregate_name"] = aggregate.name;
    json["aggregate_unit"] = is_time ? "time" : "percentage";
    json["iterations"] = row.samples.size();
    json["real_time"] = aggregate.compute(real) * unit;
    const double cpu_time = aggregate.compute(cpu) * unit;
    json["cpu_time"] = std::isfinite(cpu_time) ? ordered_json(cpu_time) : ordered_json(0);
    json["time_unit"] = "ms";
    entries.push_back(std::move(json));
  }
  return entries;
}

}  // namespace

ordered_json repetition_json(const Row& row, std::size_t index, std::size_t repetition) {
  const Sample& sample = row.samples[repetition];
  ordered_json json = common_keys(row, index);
  json["repetition_index"] = repetition;
  json["iterations"] = 1;
  json["real_time"] = sample.seconds * 1e3;
  json["cpu_time"] = sample.cpu_seconds * 1e3;
  json["time_unit"] = "ms";
  add_identity(json, row);
  add_circumstances(json, sample);
  add_measurements(json, row, sample);
  return json;
}

// Google Benchmark's comparing tool takes a time from every row that is no aggregate, and pairs
// rows by their unit: as an aggregate without a unit a row without a time does not trip it.
ordered_json reason_json(const Row& row, std::size_t index) {
  ordered_json json = common_keys(row, index);
  json["run_type"] = "aggregate";
  json["iterations"] = 0;
  json["time_unit"] = nullptr;
  add_identity(json, row);
  if (!row.skipped.empty()) {
    json["skipped"] = row.skipped;
    return json;
  }
  json["error_occurred"] = true;
  json["error_message"] = row.error;
  json["error_kind"] = row.error_kind;
  if (row.failure) json["failure"] = row.failure->to_json();
  return json;
}

ordered_json results_json(const ordered_json& context, const std::vector<Row>& rows) {
  ordered_json document;
  document["context"] = context;
  ordered_json& entries = document["benchmarks"] = ordered_json::array();
  for (std::size_t index = 0; index < rows.size(); ++index) {
    const Row& row = rows[index];
    if (row.has_time()) {
      for (std::size_t repetition = 0; repetition < row.samples.size(); ++repetition) {
        entries.push_back(repetition_json(row, index, repetition));
      }
      for (ordered_json& aggregate : aggregates_json(row, index)) {
        entries.push_back(std::move(aggregate));
      }
    } else if (row.has_outcome()) {
      entries.push_back(reason_json(row, index));
    }
  }
  return document;
}

std::string to_text(const ordered_json& document) {
  constexpr auto kReplace = ordered_json::error_handler_t::replace;
  std::string text = "{";
  bool is_first = true;
  for (const auto& [key, value] : document.items()) {
    text += (is_first ? "\n  \"" : ",\n  \"") + key + "\": ";
    is_first = false;
    if (key != "benchmarks" || value.empty()) {
      text += value.dump(2, ' ', false, kReplace);
      continue;
    }
    text += "[\n";
    for (const ordered_json& entry : value) {
      text += "    " + entry.dump(-1, ' ', false, kReplace);
      text += &entry == &value.back() ? "\n" : ",\n";
    }
    text += "  ]";
  }
  return text + "\n}\n";
}

std::string to_line(const ordered_json& document) {
  return document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

}  // namespace gilbench
