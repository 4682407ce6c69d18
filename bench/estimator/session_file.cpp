// In three steps, each of which checks what it reads: text to JSON, JSON to one row for each entry,
// and entries of the same row to one row with all its samples.
#include "bench/estimator/session_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "bench/estimator/histograms.h"

namespace gilbench::estimator {
namespace {

using nlohmann::json;

constexpr std::size_t kMostBytes = std::size_t{256} << 20;
constexpr std::int64_t kMostWorkers = 1'000'000;
constexpr std::int64_t kMostRepetitions = 1'000'000;
constexpr std::int64_t kMostIntervalUs = 1'000'000'000'000;
constexpr std::size_t kMostStrategies = 100;
constexpr std::size_t kMostWorkloads = 400;
constexpr std::size_t kMostWorkerCounts = 100;
constexpr std::int64_t kMostMemoryBytes = 1'000'000'000'000'000'000;

struct Document {
  json context;
  std::vector<json> entries;
};

// ---- text to JSON ----

std::string read_text(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"),
                                                             std::fclose);
  if (file == nullptr) throw DataError(path + ": " + std::strerror(errno));
  std::string text;
  std::vector<char> piece(1 << 16);
  while (const std::size_t count = std::fread(piece.data(), 1, piece.size(), file.get())) {
    text.append(piece.data(), count);
    if (text.size() > kMostBytes) {
      throw DataError(path + ": more than " + std::to_string(kMostBytes >> 20) + " MiB");
    }
  }
  if (std::ferror(file.get()) != 0) throw DataError(path + ": " + std::strerror(errno));
  return text;
}

json parse(std::string_view text, const std::string& where) {
  try {
    return json::parse(text);
  } catch (const json::parse_error& error) {
    throw DataError(where + ": not JSON (at byte " + std::to_string(error.byte) + ")");
  } catch (const json::exception&) {  // a number beyond all limits
    throw DataError(where + ": not JSON");
  }
}

// The first line, where it is that of a journal; else null.
json journal_head(std::string_view text) {
  const std::size_t end = text.find('\n');
  if (end == std::string_view::npos) return nullptr;
  json head = json::parse(text.substr(0, end), nullptr, false);
  if (!head.is_object() || !head.contains("context") || head.contains("benchmarks")) return nullptr;
  return head;
}

// What two lines of a journal have in common if they are about the same repetition. Lines that
// name no row have nothing in common with any other.
std::string journal_key(const json& row, std::size_t line) {
  const auto name = row.is_object() ? row.find("name") : row.end();
  if (!row.is_object() || name == row.end() || !name->is_string()) return std::to_string(line);
  const auto index = row.find("repetition_index");
  const bool numbered = index != row.end() && index->is_number_integer();
  return name->get<std::string>() + '\n' + (numbered ? index->dump() : "");
}

std::vector<json> journal_rows(std::string_view text, const std::string& path) {
  std::vector<json> rows;
  std::map<std::string, std::size_t> places;
  std::size_t start = text.find('\n') + 1;
  for (std::size_t line = 2;; ++line) {
    const std::size_t end = text.find('\n', start);
    if (end == std::string_view::npos) return rows;
    json row = parse(text.substr(start, end - start), path + ":" + std::to_string(line));
    start = end + 1;
    const auto [place, is_new] = places.try_emplace(journal_key(row, line), rows.size());
    if (is_new) {
      rows.push_back(std::move(row));
    } else {
      rows[place->second] = std::move(row);
    }
  }
}

Document document_of(const std::string& text, const std::string& path) {
  Document document;
  json head = journal_head(text);
  if (!head.is_null()) {
    document.entries = journal_rows(text, path);
    document.context = std::move(head["context"]);
  } else {
    json whole = parse(text, path);
    if (!whole.is_object() || !whole.contains("benchmarks") || !whole["benchmarks"].is_array()) {
      throw DataError(path + ": not a result of bench_workloads (no list \"benchmarks\")");
    }
    document.entries = std::move(whole["benchmarks"].get_ref<json::array_t&>());
    if (whole.contains("context")) document.context = std::move(whole["context"]);
  }
  if (document.context.is_null()) document.context = json::object();
  if (!document.context.is_object()) throw DataError(path + ": \"context\" is no object");
  return document;
}

// ---- JSON to rows ----

// The first of several that were asked for is what strategies are compared by.
struct Defaults {
  std::string size;
  std::int64_t switch_interval_us = 0;
};

bool is_summary(const Fields& entry) {
  const json* type = entry.find("run_type");
  return type != nullptr && *type == "aggregate" && entry.find("skipped") == nullptr &&
         entry.find("error_message") == nullptr && entry.find("error_occurred") == nullptr;
}

// "" where the entry may have a time.
std::string failure_of(const Fields& entry) {
  const std::string error = entry.message("error_message");
  if (!error.empty()) return "error: " + error;
  const json* skipped = entry.find("skipped");
  if (skipped != nullptr && skipped->is_string()) return "skipped: " + entry.message("skipped");
  if (entry.flag("skipped")) return "skipped";
  return entry.flag("error_occurred") ? "error" : "";
}

std::string exclusion_of(const Fields& entry) {
  const json* excluded = entry.find("excluded");
  if (excluded == nullptr) return {};
  if (excluded->is_string()) return entry.text("excluded");
  return entry.flag("excluded") ? "excluded" : "";
}

double units_per_second(const Fields& entry) {
  static const std::map<std::string, double> kUnits{
      {"s", 1}, {"ms", 1e3}, {"us", 1e6}, {"ns", 1e9}};
  const std::string unit = entry.text("time_unit");
  const auto found = kUnits.find(unit.empty() ? "ns" : unit);  // Google Benchmark's own default
  if (found == kUnits.end()) entry.refuse("time_unit", unit, "s, ms, us or ns");
  return found->second;
}

// The entry's times, or nothing in place of one that is none.
std::vector<std::optional<double>> times_of(const Fields& entry) {
  const json* seconds = entry.find("seconds");
  std::vector<std::optional<double>> times;
  if (seconds == nullptr) {
    const json* time = entry.find("real_time");
    if (time != nullptr) times = {entry.seconds("real_time", *time, units_per_second(entry))};
  } else if (seconds->is_array()) {
    for (const json& value : *seconds) times.push_back(entry.seconds("seconds", value, 1));
  } else {
    times = {entry.seconds("seconds", *seconds, 1)};
  }
  return times;
}

std::vector<Sample> samples_of(const Fields& entry) {
  const auto repetition = entry.whole("repetition_index", 0, kMostRepetitions);
  const auto own_block = entry.whole("block", 0, kMostRepetitions);
  const std::string excluded = exclusion_of(entry);
  const auto times = times_of(entry);
  std::vector<Sample> samples;
  for (std::size_t index = 0; index < times.size(); ++index) {
    if (!times[index]) continue;
    std::size_t block = times.size() > 1 ? index : static_cast<std::size_t>(repetition.value_or(0));
    if (own_block) block = static_cast<std::size_t>(*own_block);
    samples.push_back({static_cast<int>(block), *times[index], excluded,
                       entry.number("cores_gave", 0, kMostWorkers).value_or(0),
                       entry.number("others_cores", 0, kMostWorkers).value_or(0)});
    if (times.size() > 1) continue;  // the figures below are of one repetition
    samples.back().pss_bytes = entry.whole("pss_bytes", 0, kMostMemoryBytes).value_or(0);
    samples.back().latency = latency_of(entry);
  }
  return samples;
}

std::string kind_of(const Fields& entry, const std::string& workload) {
  const std::size_t slash = workload.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == workload.size()) {
    entry.refuse("workload", workload, "KIND/NAME");
  }
  return entry.find("kind") != nullptr ? entry.name("kind") : workload.substr(0, slash);
}

Row row_of(const Fields& entry, const Defaults& defaults) {
  Row row;
  row.strategy = entry.name("strategy");
  row.workload = entry.name("workload");
  row.kind = kind_of(entry, row.workload);
  const std::string size = entry.text("size");
  if (!size.empty() && size != defaults.size) row.workload += " (" + size + ")";
  const auto workers = entry.whole("workers", 1, kMostWorkers);
  if (!workers) entry.refuse("workers", nullptr, "a number");
  row.workers = static_cast<int>(*workers);
  row.switch_interval_us = entry.whole("switch_interval_us", 1, kMostIntervalUs).value_or(0);
  row.is_extra_interval =
      row.switch_interval_us != 0 && row.switch_interval_us != defaults.switch_interval_us;
  row.fixed_duration = entry.flag("fixed_duration");
  row.expects_error = entry.flag("expects_error");
  row.no_time = failure_of(entry);
  if (row.no_time.empty()) row.samples = samples_of(entry);
  return row;
}

// Adds another repetition of the row, or what took its times.
void merge(Row& row, const Row& more) {
  row.samples.insert(row.samples.end(), more.samples.begin(), more.samples.end());
  if (row.no_time.empty()) row.no_time = more.no_time;
}

std::vector<Row> rows_of(const std::vector<json>& entries, const Defaults& defaults,
                         const std::string& path) {
  std::vector<Row> rows;
  std::map<std::tuple<std::string, std::string, int, std::int64_t>, std::size_t> places;
  for (std::size_t index = 0; index < entries.size(); ++index) {
    if (!entries[index].is_object()) continue;
    const Fields entry(entries[index], path + ": row " + std::to_string(index + 1));
    if (entry.find("strategy") == nullptr || entry.find("workload") == nullptr) continue;
    if (is_summary(entry)) continue;
    Row row = row_of(entry, defaults);
    const auto [place, is_new] = places.try_emplace(
        std::tuple(row.workload, row.strategy, row.workers, row.switch_interval_us), rows.size());
    if (is_new) {
      rows.push_back(std::move(row));
    } else {
      merge(rows[place->second], row);
    }
  }
  for (Row& row : rows) {
    if (!row.no_time.empty()) row.samples.clear();
    if (row.no_time.empty() && row.samples.empty()) row.no_time = "no time";
  }
  return rows;
}

// More could be neither shown nor compared in any time, and no bench writes it.
void check_size(const Session& session) {
  std::set<std::string> strategies;
  std::set<std::string> workloads;
  std::set<int> counts;
  for (const Row& row : session.rows) {
    strategies.insert(row.strategy);
    workloads.insert(row.workload);
    counts.insert(row.workers);
  }
  const auto check = [&session](std::size_t count, std::size_t most, const std::string& what) {
    if (count <= most) return;
    throw DataError(session.path + ": " + std::to_string(count) + " " + what +
                    " are more than the " + std::to_string(most) + " that can be compared");
  };
  check(strategies.size(), kMostStrategies, "strategies");
  check(workloads.size(), kMostWorkloads, "workloads");
  check(counts.size(), kMostWorkerCounts, "numbers of workers");
}

}  // namespace

Session parse_session(const std::string& text, const std::string& path) {
  const Document document = document_of(text, path);
  const Fields context(document.context, path + ": context");
  Session session;
  session.path = path;
  session.schema = context.whole("schema_version", 1, INT32_MAX).value_or(1);
  if (session.schema > kNewestSchema) {
    throw DataError(path + ": of schema " + std::to_string(session.schema) +
                    "; this program reads those up to " + std::to_string(kNewestSchema));
  }
  session.size = context.text("size");
  session.cold = context.flag("cold");
  session.date = context.text("date");
  session.commit = context.text("commit");
  session.exclusion_rule = context.text("exclusion_rule");
  session.machine.cpu_model = context.text("cpu_model");
  session.machine.num_cpus = context.whole("num_cpus", 1, kMostWorkers).value_or(0);
  session.machine.usable_cores = context.whole("usable_cores", 1, kMostWorkers).value_or(0);
  session.machine.memory_bytes = context.whole("memory_bytes", 0, kMostMemoryBytes).value_or(0);
  const Defaults defaults{session.size,
                          context.whole("switch_interval_us", 1, kMostIntervalUs).value_or(0)};
  session.rows = rows_of(document.entries, defaults, path);
  if (session.rows.empty()) {
    throw DataError(path +
                    ": not a result of bench_workloads (no row names a strategy and a workload)");
  }
  check_size(session);
  return session;
}

Session read_session(const std::string& path) { return parse_session(read_text(path), path); }

}  // namespace gilbench::estimator
