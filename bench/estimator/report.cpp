// One function for each object of the document. Logarithms become ratios here; what is not known
// becomes null.
#include "bench/estimator/report.h"

#include <cmath>
#include <string>

#include "bench/estimator/comparison_text.h"
#include "bench/estimator/row_facts.h"
#include "bench/estimator/sentence.h"

namespace gilbench::estimator {
namespace {

using nlohmann::ordered_json;

// {name: mean, "low", "high", "blocks"}, no logarithms any more; null without an estimate, and null
// ends where the interval is not known.
ordered_json estimate_json(const char* name, const std::optional<Estimate>& estimate) {
  if (!estimate) return nullptr;
  ordered_json json{{name, std::exp(estimate->mean)}, {"low", nullptr}, {"high", nullptr}};
  if (estimate->has_interval()) {
    const double half_width = estimate->half_width();
    json["low"] = std::exp(estimate->mean - half_width);
    json["high"] = std::exp(estimate->mean + half_width);
  }
  json["blocks"] = estimate->blocks;
  return json;
}

ordered_json ratio_json(const std::optional<Estimate>& estimate) {
  return estimate_json("ratio", estimate);
}

// {"mean", "low", "high", "blocks"} of what is no ratio, rounded to bytes.
ordered_json bytes_json(const std::optional<Estimate>& estimate) {
  if (!estimate) return nullptr;
  const auto whole = [](double bytes) { return std::llround(bytes); };
  ordered_json json{{"mean", whole(estimate->mean)}, {"low", nullptr}, {"high", nullptr}};
  if (estimate->has_interval()) {
    json["low"] = whole(estimate->mean - estimate->half_width());
    json["high"] = whole(estimate->mean + estimate->half_width());
  }
  json["blocks"] = estimate->blocks;
  return json;
}

ordered_json latency_json(const Latency& latency) {
  ordered_json json{{"questions", latency.questions}};
  for (const auto& [name, seconds] : latency.quantiles) json[name] = seconds;
  return json;
}

ordered_json session_json(const Session& session) {
  const Machine& machine = session.machine;
  const auto known = [](std::int64_t value) {
    return value == 0 ? ordered_json() : ordered_json(value);
  };
  return {{"path", session.path},
          {"schema_version", session.schema},
          {"date", session.date},
          {"commit", session.commit},
          {"size", session.size},
          {"cpu_model", machine.cpu_model},
          {"num_cpus", known(machine.num_cpus)},
          {"usable_cores", known(machine.usable_cores)},
          {"memory_bytes", known(machine.memory_bytes)}};
}

ordered_json left_out_json(const std::vector<LeftOut>& left_out) {
  ordered_json list = ordered_json::array();
  for (const LeftOut& each : left_out)
    list.push_back({{"name", each.name}, {"reason", each.reason}});
  return list;
}

ordered_json standing_json(const Standing& standing) {
  ordered_json json{{"strategy", standing.strategy},
                    {"seconds", estimate_json("mean", standing.seconds)},
                    {"speed", ratio_json(standing.speed)},
                    {"speed_over_one", ratio_json(standing.speed_over_one)},
                    {"speedup", ratio_json(standing.speedup)},
                    {"cost", ratio_json(standing.cost)},
                    {"behind", ratio_json(standing.behind)}};
  if (standing.behind) {
    json["told_apart"] = standing.told_apart;
    json["level"] = standing.level;
    json["probability"] = standing.slower.probability;
    json["more_blocks"] =
        standing.more_blocks ? ordered_json(*standing.more_blocks) : ordered_json();
  }
  return json;
}

const char* verdict_name(Verdict verdict) {
  switch (verdict) {
    case Verdict::kWinner:
      return "winner";
    case Verdict::kLevel:
      return "level";
    case Verdict::kUndecided:
      return "undecided";
    case Verdict::kNone:
      break;
  }
  return "none";
}

ordered_json conclusion_json(const Conclusion& conclusion) {
  ordered_json json{{"kind", conclusion.kind},
                    {"subject", conclusion.subject()},
                    {"workers", conclusion.workers},
                    {"main", conclusion.is_main},
                    {"verdict", verdict_name(conclusion.verdict)},
                    {"sentence", sentence(conclusion)},
                    {"winner", nullptr},
                    {"rivals", ordered_json::array()},
                    {"reason", nullptr},
                    {"blocks", conclusion.blocks},
                    {"baseline", conclusion.baseline},
                    {"workloads", conclusion.workloads},
                    {"left_out", left_out_json(conclusion.left_out)},
                    {"standings", ordered_json::array()}};
  if (conclusion.verdict == Verdict::kNone) {
    json["reason"] = conclusion.reason;
  } else {
    for (const Standing* rival : conclusion.rivals()) json["rivals"].push_back(rival->strategy);
  }
  if (conclusion.verdict == Verdict::kWinner) {
    json["winner"] = conclusion.standings.front().strategy;
  }
  for (const Standing& standing : conclusion.standings) {
    json["standings"].push_back(standing_json(standing));
  }
  return json;
}

ordered_json machine_limit_json(const Circumstances& circumstances) {
  ordered_json json = estimate_json("ratio", circumstances.cores_gave);
  if (!json.is_null()) json["cores"] = circumstances.cores;
  return json;
}

ordered_json repetitions_json(const Circumstances& circumstances) {
  return {{"counted", circumstances.repetitions - circumstances.excluded},
          {"excluded", circumstances.excluded},
          {"rule", circumstances.rule},
          {"others_cores", circumstances.others_cores},
          {"sentence", sentence(circumstances)}};
}

ordered_json noise_json(const NoiseFloor& noise) {
  ordered_json json{{"strategies", noise.strategies}, {"pairs", noise.pairs},
                    {"told_apart", noise.told_apart}, {"intervals_hold", noise.intervals_hold()},
                    {"aa_ratio_95", nullptr},         {"sentence", sentence(noise)}};
  if (noise.aa_log_ratio_95) json["aa_ratio_95"] = std::exp(*noise.aa_log_ratio_95);
  return json;
}

ordered_json row_json(const RowFacts& facts) {
  const Row& row = *facts.row;
  ordered_json json{{"kind", row.kind},
                    {"workload", row.workload},
                    {"strategy", row.strategy},
                    {"workers", row.workers}};
  if (row.switch_interval_us > 0) json["switch_interval_us"] = row.switch_interval_us;
  if (row.fixed_duration) json["fixed_duration"] = true;
  if (!row.no_time.empty()) {
    json["no_time"] = row.no_time;
    return json;
  }
  json["usable_blocks"] = facts.usable_blocks;
  json["excluded_blocks"] = facts.excluded_blocks;
  json["excluded"] = row.exclusion();
  json["enough"] = facts.is_enough;
  json["seconds"] = estimate_json("mean", facts.seconds);
  json["speed"] = ratio_json(facts.speed);
  json["speed_over_one"] = ratio_json(facts.speed_over_one);
  json["speedup"] = ratio_json(facts.speedup);
  json["cost"] = ratio_json(facts.cost);
  json["memory_per_worker_bytes"] = bytes_json(facts.memory_per_worker);
  if (facts.latency) json["latency"] = latency_json(*facts.latency);
  return json;
}

ordered_json change_json(const Change& change, double threshold) {
  ordered_json json{{"kind", change.kind}};
  if (!change.workload.empty()) json["workload"] = change.workload;
  json["strategy"] = change.strategy.empty() ? ordered_json() : ordered_json(change.strategy);
  json["workers"] = change.workers == 0 ? ordered_json() : ordered_json(change.workers);
  if (change.switch_interval_us > 0) json["switch_interval_us"] = change.switch_interval_us;
  json["change"] = ratio_json(change.ratio);
  json["mark"] = mark_name(change.mark);
  json["probability"] = change.changed.probability;
  json["reason"] = change.reason.empty() ? ordered_json() : ordered_json(change.reason);
  if (change.workload.empty()) {
    json["workloads"] = change.workloads;
    json["left_out"] = left_out_json(change.left_out);
  }
  json["sentence"] = sentence(change, threshold);
  return json;
}

ordered_json changes_json(const std::vector<Change>& changes, double threshold) {
  ordered_json list = ordered_json::array();
  for (const Change& change : changes) list.push_back(change_json(change, threshold));
  return list;
}

ordered_json head(double threshold) {
  return {{"schema_version", kReportSchema}, {"threshold", threshold}, {"confidence", kConfidence}};
}

}  // namespace

ordered_json session_report(const Session& session, double threshold) {
  const RowIndex index(session);
  const Facts facts = row_facts(session, index);
  ordered_json report = head(threshold);
  report["session"] = session_json(session);
  const Circumstances under = circumstances(session);
  report["machine_limit"] = machine_limit_json(under);
  report["repetitions"] = repetitions_json(under);
  report["noise"] = noise_json(noise_floor(session, index));
  report["conclusions"] = ordered_json::array();
  for (const Conclusion& conclusion : conclude(session, threshold)) {
    report["conclusions"].push_back(conclusion_json(conclusion));
  }
  report["baseline"] = facts.baseline;
  report["rows"] = ordered_json::array();
  for (const RowFacts& row : facts.rows) report["rows"].push_back(row_json(row));
  return report;
}

ordered_json comparison_report(const Session& old_session, const Session& new_session,
                               double threshold) {
  const Comparison comparison = compare(old_session, new_session, threshold);
  const std::string unlike = refusal(old_session, new_session);
  ordered_json report = head(threshold);
  report["old"] = session_json(old_session);
  report["new"] = session_json(new_session);
  report["unlike"] = unlike.empty() ? ordered_json() : ordered_json(unlike);
  report["sentence"] = sentence(comparison);
  report["kinds"] = changes_json(comparison.kinds, threshold);
  report["rows"] = changes_json(comparison.rows, threshold);
  report["only_old"] = comparison.only_old;
  report["only_new"] = comparison.only_new;
  return report;
}

}  // namespace gilbench::estimator
