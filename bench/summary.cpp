// Tables and sentences for the main number of workers of each kind, and then the session's
// circumstances and noise.
#include "bench/summary.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <sstream>

#include "bench/estimator/conclusion.h"
#include "bench/estimator/sentence.h"
#include "bench/estimator/session_file.h"
#include "bench/estimator/table.h"
#include "bench/estimator/words.h"
#include "bench/measurement.h"

namespace gilbench {
namespace {

using estimator::Conclusion;
using estimator::count_of;
using estimator::Estimate;
using estimator::Standing;

// "412 ms": three digits of a time.
std::string time_text(double seconds) {
  struct Unit {
    const char* name;
    double seconds;
  };
  constexpr Unit kUnits[] = {{"s", 1}, {"ms", 1e-3}, {"us", 1e-6}, {"ns", 1e-9}};
  const Unit* unit = kUnits;
  // What rounds to 1000 of a unit is shown in the next larger one.
  while (unit + 1 != std::end(kUnits) && seconds < 0.9995 * unit->seconds) ++unit;
  const double count = seconds / unit->seconds;
  char text[32];
  std::snprintf(text, sizeof text, "%.*f %s",
                count < 9.995   ? 2
                : count < 99.95 ? 1
                                : 0,
                count, unit->name);
  return text;
}

std::string ratio_or_dash(const std::optional<Estimate>& ratio) {
  return ratio ? estimator::ratio_text(std::exp(ratio->mean)) : "-";
}

std::string interval_or_dash(const std::optional<Estimate>& ratio) {
  return ratio && ratio->has_interval() ? estimator::interval_text(*ratio) : "-";
}

// The mean over the conclusion's workloads of what launching the workers took.
std::string startup_text(const Conclusion& conclusion, const std::string& strategy,
                         const std::vector<Row>& rows) {
  std::vector<double> seconds;
  for (const Row& row : rows) {
    const auto& workloads = conclusion.workloads;
    const Workload& workload = *row.workload;
    const std::string name =
        workload.name + (workload.is_other_size ? " (" + workload.size + ")" : "");
    if (row.strategy->name != strategy || row.workers != conclusion.workers || row.is_extra ||
        !row.has_time() || std::find(workloads.begin(), workloads.end(), name) == workloads.end()) {
      continue;
    }
    seconds.push_back(row.median_of(&Sample::startup_seconds));
  }
  const double mean = geometric_mean(seconds);
  return mean > 0 ? time_text(mean) : "-";
}

std::vector<std::string> cells_of(const Conclusion& conclusion, const Standing& standing,
                                  const std::vector<Row>& rows) {
  const bool is_baseline = standing.strategy == conclusion.baseline;
  return {standing.strategy,
          time_text(std::exp(standing.seconds.mean)),
          ratio_or_dash(standing.speed),
          is_baseline ? "baseline" : interval_or_dash(standing.speed),
          ratio_or_dash(standing.speedup),
          ratio_or_dash(standing.cost),
          startup_text(conclusion, standing.strategy, rows)};
}

std::string table(const Conclusion& conclusion, const std::vector<Row>& rows,
                  const SummaryLook& look) {
  if (conclusion.standings.empty()) return {};
  estimator::Table lines{
      {"strategy", "time", "speed", "95 % interval", "speed-up", "cost@1", "start-up"}};
  for (const Standing& standing : conclusion.standings) {
    lines.push_back(cells_of(conclusion, standing, rows));
  }
  const std::string title = conclusion.subject() + " with " +
                            count_of(conclusion.workers, "worker") + ", " +
                            count_of(static_cast<int>(conclusion.workloads.size()), "workload") +
                            ", " + count_of(conclusion.blocks, "block") + "; speed over " +
                            conclusion.baseline + " with as many";
  return look.markdown ? "### " + title + "\n\n" + estimator::markdown_of(lines)
                       : title + "\n" + estimator::text_of(lines);
}

// The words up to the first ": " in bold, where there is colour; wrapped, with an indent.
std::string shown(const std::string& sentence, const SummaryLook& look) {
  constexpr std::size_t kIndent = 4;
  if (look.markdown) return "- " + sentence + "\n";
  std::string text;
  std::size_t column = 0;
  std::istringstream words(sentence);
  for (std::string word; words >> word;) {
    if (column > 0 && look.width > 0 && column + 1 + word.size() > look.width) {
      text += '\n' + std::string(kIndent, ' ');
      column = kIndent;
    } else if (column > 0) {
      text += ' ';
      ++column;
    }
    text += word;
    column += word.size();
  }
  const std::size_t colon = text.find(": ");
  if (look.color && colon != std::string::npos) {
    text = "\x1b[1m" + text.substr(0, colon) + "\x1b[0m" + text.substr(colon);
  }
  return text + "\n";
}

bool has_comparable_row(const std::vector<Row>& rows) {
  return std::any_of(rows.begin(), rows.end(),
                     [](const Row& row) { return row.is_speed() && row.has_outcome(); });
}

}  // namespace

std::string summary(const std::vector<Row>& rows, const std::string& results, double threshold,
                    const SummaryLook& look) {
  if (!has_comparable_row(rows)) return {};
  const estimator::Session session = estimator::parse_session(results, "results");
  std::string tables;
  std::string sentences;
  for (const Conclusion& conclusion : estimator::conclude(session, threshold)) {
    if (!conclusion.is_main) continue;
    const std::string lines = table(conclusion, rows, look);
    if (!lines.empty()) tables += lines + '\n';
    sentences += shown(estimator::sentence(conclusion), look);
  }
  const estimator::NoiseFloor noise = estimator::noise_floor(session, estimator::RowIndex(session));
  for (const std::string& sentence :
       {estimator::sentence(estimator::circumstances(session)), estimator::sentence(noise)}) {
    if (!sentence.empty()) sentences += shown(sentence, look);
  }
  return tables + sentences;
}

bool has_verdicts(const std::string& results, double threshold) {
  using estimator::Verdict;
  const std::vector<Conclusion> all =
      estimator::conclude(estimator::parse_session(results, "results"), threshold);
  return std::none_of(all.begin(), all.end(), [](const Conclusion& conclusion) {
    return conclusion.is_main && conclusion.standings.size() > 1 &&
           (conclusion.verdict == Verdict::kNone || conclusion.verdict == Verdict::kUndecided);
  });
}

}  // namespace gilbench
