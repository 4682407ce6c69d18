// Writes a line of CSV for each row that has a time: the estimator's facts as seconds and ratios,
// then medians and maxima of the samples.
#include "bench/exports.h"

#include <cerrno>
#include <cmath>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <stdexcept>

#include "bench/estimator/row_facts.h"
#include "bench/estimator/session_file.h"

namespace gilbench {
namespace {

using estimator::Estimate;

constexpr const char* kHeading =
    "kind,workload,strategy,workers,blocks,excluded_blocks,"
    "seconds,seconds_low,seconds_high,speed,speed_low,speed_high,speed_over_one,speed_over_one_low,"
    "speed_over_one_high,speedup,speedup_low,speedup_high,cost,cost_low,cost_high,"
    "cpu_seconds,startup_seconds,peak_rss_bytes\n";

// RFC 4180.
std::string cell(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
  return quoted + '"';
}

void write_estimate(std::ostream& line, const std::optional<Estimate>& estimate) {
  line << ',';
  if (estimate) line << std::exp(estimate->mean);
  for (const int side : {-1, 1}) {
    line << ',';
    if (estimate && estimate->has_interval()) {
      line << std::exp(estimate->mean + side * estimate->half_width());
    }
  }
}

std::string line_of(const estimator::RowFacts& facts, const Row& row) {
  std::ostringstream line;
  line.precision(7);
  line << cell(facts.row->kind) << ',' << cell(facts.row->workload) << ','
       << cell(facts.row->strategy) << ',' << row.workers << ',' << facts.usable_blocks << ','
       << facts.excluded_blocks;
  for (const auto& estimate :
       {facts.seconds, facts.speed, facts.speed_over_one, facts.speedup, facts.cost}) {
    write_estimate(line, estimate);
  }
  line << ',' << row.median_of(&Sample::cpu_seconds) << ','
       << row.median_of(&Sample::startup_seconds) << ',' << row.max_of(&Sample::peak_rss_bytes)
       << '\n';
  return line.str();
}

// In the results' order; those that never ran are not there.
std::vector<const Row*> rows_of_results(const std::vector<Row>& rows) {
  std::vector<const Row*> found;
  for (const Row& row : rows) {
    if (row.has_outcome()) found.push_back(&row);
  }
  return found;
}

}  // namespace

std::string rows_csv(const std::vector<Row>& rows, const std::string& results) {
  const estimator::Session session = estimator::parse_session(results, "results");
  const estimator::RowIndex index(session);
  const estimator::Facts facts = estimator::row_facts(session, index);
  const std::vector<const Row*> of_results = rows_of_results(rows);
  std::string text = kHeading;
  for (std::size_t i = 0; i < facts.rows.size() && i < of_results.size(); ++i) {
    if (of_results[i]->has_time()) text += line_of(facts.rows[i], *of_results[i]);
  }
  return text;
}

void write_export(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  file << text << std::flush;
  if (!file) throw std::runtime_error("cannot write " + path + ": " + std::strerror(errno));
}

}  // namespace gilbench
