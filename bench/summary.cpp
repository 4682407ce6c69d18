#include "bench/summary.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include "bench/measurement.h"
#include "bench/speed_probe.h"

namespace gilbench {
namespace {

// Below this the medians of an ordinary machine do not tell two strategies apart.
constexpr double kLevelRatio = 1.02;

// The seconds of one kind's rows: [strategy][workload][workers].
struct Kind {
  std::string name;
  std::vector<std::string> strategies;  // in the order of the rows
  std::map<std::string, std::map<std::string, std::map<int, double>>> seconds;
  std::set<std::string> workloads;
  int most_workers = 1;

  // The strategy's seconds per workload at `workers`.
  std::map<std::string, double> times(const std::string& strategy, int workers) const {
    std::map<std::string, double> times;
    const auto found = seconds.find(strategy);
    if (found == seconds.end()) return times;
    for (const auto& [workload, by_workers] : found->second) {
      const auto time = by_workers.find(workers);
      if (time != by_workers.end() && time->second > 0) times[workload] = time->second;
    }
    return times;
  }
};

std::vector<Kind> gather(const std::vector<Row>& rows) {
  std::vector<Kind> kinds;
  for (const Row& row : rows) {
    if (!row.is_speed() || row.is_extra) continue;
    auto kind = std::find_if(kinds.begin(), kinds.end(), [&row](const Kind& other) {
      return other.name == row.workload->kind;
    });
    if (kind == kinds.end()) {
      kind = kinds.emplace(kinds.end());
      kind->name = row.workload->kind;
    }
    const std::string strategy(row.strategy->name);
    if (std::find(kind->strategies.begin(), kind->strategies.end(), strategy) ==
        kind->strategies.end()) {
      kind->strategies.push_back(strategy);
    }
    kind->workloads.insert(row.workload->name);
    if (!row.has_time()) continue;
    kind->most_workers = std::max(kind->most_workers, row.workers);
    kind->seconds[strategy][row.workload->name][row.workers] = row.median_seconds();
  }
  return kinds;
}

// The geometric mean of above/below over the workloads that both have; 0 where there is none.
double mean_ratio(const std::map<std::string, double>& above,
                  const std::map<std::string, double>& below) {
  std::vector<double> ratios;
  for (const auto& [workload, seconds] : above) {
    const auto other = below.find(workload);
    if (other != below.end()) ratios.push_back(seconds / other->second);
  }
  return geometric_mean(ratios);
}

std::string fixed(double value) {
  if (value <= 0) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string count_of(int count, const std::string& thing) {
  return std::to_string(count) + " " + thing + (count == 1 ? "" : "s");
}

std::string baseline_of(const Kind& kind) {
  const auto found = std::find(kind.strategies.begin(), kind.strategies.end(), "global_lock");
  return found != kind.strategies.end() ? *found : kind.strategies.front();
}

std::string table_line(const Kind& kind, const std::string& strategy) {
  const auto alone = kind.times(strategy, 1);
  const auto together = kind.times(strategy, kind.most_workers);
  const auto baseline = kind.times(baseline_of(kind), 1);
  char line[160];
  std::snprintf(line, sizeof line, "%-9s %-20s %7d %9s %8s %6zu/%zu\n", kind.name.c_str(),
                strategy.c_str(), kind.most_workers, fixed(mean_ratio(alone, together)).c_str(),
                fixed(mean_ratio(alone, baseline)).c_str(), together.size(), kind.workloads.size());
  return line;
}

// Those that have a time for the most workloads: who ran half of them cannot win them all.
std::vector<std::string> competitors(const Kind& kind) {
  std::size_t most = 1;
  for (const std::string& strategy : kind.strategies) {
    most = std::max(most, kind.times(strategy, kind.most_workers).size());
  }
  std::vector<std::string> chosen;
  for (const std::string& strategy : kind.strategies) {
    if (kind.times(strategy, kind.most_workers).size() == most) chosen.push_back(strategy);
  }
  return chosen;
}

std::string sentence(const Kind& kind) {
  const std::string workers = count_of(kind.most_workers, "worker");
  std::vector<std::string> rivals = competitors(kind);
  if (rivals.empty()) return kind.name + ": no strategy has a time.";
  if (rivals.size() == 1) {
    return kind.name + ": only " + rivals.front() + " has times to compare with " + workers + ".";
  }
  const auto reference = kind.times(rivals.front(), kind.most_workers);
  std::map<std::string, double> cost;
  for (const std::string& rival : rivals) {
    cost[rival] = mean_ratio(kind.times(rival, kind.most_workers), reference);
  }
  std::stable_sort(rivals.begin(), rivals.end(),
                   [&cost](const auto& a, const auto& b) { return cost[a] < cost[b]; });
  const double lead = cost[rivals[0]] > 0 ? cost[rivals[1]] / cost[rivals[0]] : 1;
  const std::string over = " with " + workers + " (medians, " +
                           count_of(static_cast<int>(reference.size()), "workload") + ")";
  if (lead < kLevelRatio) {
    return kind.name + ": " + rivals[0] + " and " + rivals[1] + " are level" + over + ".";
  }
  return kind.name + ": " + rivals[0] + " won" + over + ", " + fixed(lead) + " times as fast as " +
         rivals[1] + ", the next.";
}

}  // namespace

std::string summary_table(const std::vector<Row>& rows) {
  std::string lines;
  for (const Kind& kind : gather(rows)) {
    for (const std::string& strategy : kind.strategies) {
      if (kind.seconds.count(strategy) != 0) lines += table_line(kind, strategy);
    }
  }
  if (lines.empty()) return {};
  char header[160];
  std::snprintf(header, sizeof header, "%-9s %-20s %7s %9s %8s %9s\n", "kind", "strategy",
                "workers", "speed-up", "cost@1", "workloads");
  return header + lines;
}

std::vector<std::string> summary_sentences(const std::vector<Row>& rows) {
  std::vector<std::string> sentences;
  for (const Kind& kind : gather(rows)) sentences.push_back(sentence(kind));
  return sentences;
}

std::string calmness_sentence(const std::vector<Row>& rows) {
  std::size_t runs = 0;
  std::size_t disturbed = 0;
  double most = 1;
  for (const Row& row : rows) {
    for (const Sample& sample : row.samples) {
      ++runs;
      if (sample.slowdown > kCalmSlowdown) ++disturbed;
      most = std::max(most, sample.slowdown);
    }
  }
  if (disturbed == 0) return {};
  char text[160];
  std::snprintf(text, sizeof text,
                "The machine was slowed down by others during %zu of %zu runs, up to %.1f times "
                "(--patience-s waits for calm).",
                disturbed, runs, most);
  return text;
}

}  // namespace gilbench
