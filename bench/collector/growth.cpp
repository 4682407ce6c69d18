// Takes the pauses out of the rows' metrics. Fits one exponent to the last two sizes, from the
// shortest pause of each.
#include "bench/collector/growth.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <utility>

namespace gilbench {
namespace {

constexpr int kNameWidth = -20, kCellWidth = 24, kGrowthWidth = 12;

struct Pauses {
  double live_objects;
  std::vector<double> ms;  // rising, one per repetition
};

// Of a strategy, by workload; those without a pause are missing.
using Line = std::map<std::string, Pauses>;

Pauses pauses_of(const Row& row) {
  auto metrics = row.metrics();
  std::vector<double> ms;
  for (const double seconds : metrics["collection_pause_max_seconds"]) ms.push_back(seconds * 1e3);
  std::sort(ms.begin(), ms.end());
  return {median(metrics["collection_live_objects_max"]), ms};
}

std::string padded(const std::string& text, int width) {
  char line[64];
  std::snprintf(line, sizeof line, "%*s", width, text.c_str());
  return line;
}

std::string cell(const Line& line, const std::string& workload) {
  const auto found = line.find(workload);
  if (found == line.end()) return padded("-", kCellWidth);
  const std::vector<double>& ms = found->second.ms;
  char text[64];
  std::snprintf(text, sizeof text, "%.3g (%.3g-%.3g)", median(ms), ms.front(), ms.back());
  return padded(text, kCellWidth);
}

std::string growth(const Line& line, const std::vector<std::string>& workloads) {
  if (workloads.size() < 2) return "-";
  const auto less = line.find(workloads[workloads.size() - 2]);
  const auto more = line.find(workloads.back());
  if (less == line.end() || more == line.end()) return "-";
  const double power = std::log(more->second.ms.front() / less->second.ms.front()) /
                       std::log(more->second.live_objects / less->second.live_objects);
  char text[32];
  std::snprintf(text, sizeof text, "live^%.2f", power);
  return text;
}

void add_once(std::vector<std::string>& names, const std::string& name) {
  if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
}

}  // namespace

std::string growth_table(const std::vector<Row>& rows) {
  std::vector<std::string> workloads, strategies;
  std::map<std::string, Line> lines;
  for (const Row& row : rows) {
    const std::string strategy(row.strategy->name);
    add_once(workloads, row.workload->name);
    add_once(strategies, strategy);
    Pauses pauses = pauses_of(row);
    if (!pauses.ms.empty()) lines[strategy][row.workload->name] = std::move(pauses);
  }
  if (lines.empty()) return {};
  std::string table = padded("pause in ms", kNameWidth);
  for (const std::string& name : workloads) {
    table += padded(name.substr(name.find('/') + 1), kCellWidth);
  }
  table += padded("growth", kGrowthWidth) + '\n';
  for (const std::string& strategy : strategies) {
    table += padded(strategy, kNameWidth);
    for (const std::string& workload : workloads) table += cell(lines[strategy], workload);
    table += padded(growth(lines[strategy], workloads), kGrowthWidth) + '\n';
  }
  return table +
         "Median (shortest-longest repetition). Growth: of the shortest from the last but one\n"
         "column to the last, as a power of the live objects; live^1 is linear.\n";
}

}  // namespace gilbench
