// For each subject and number of workers: picks strategies and workloads, measures the standings,
// sorts them by speed, and has them judged (verdict.cpp).
#include "bench/estimator/conclusion.h"

#include <algorithm>
#include <set>
#include <utility>

#include "bench/estimator/verdict.h"

namespace gilbench::estimator {
namespace {

struct Subject {
  std::string kind;
  std::string program;
  std::vector<std::string> strategies;  // of all its rows, as the workloads
  std::vector<std::string> workloads;
  std::set<int> counts;
};

// A conclusion in the making, and what it is made from.
struct Making {
  const RowIndex& index;
  Conclusion& conclusion;

  int workers() const { return conclusion.workers; }
  std::optional<Estimate> ratio(const Side& above, const Side& below) const {
    return index.ratio(conclusion.workloads, above, below);
  }
};

std::vector<Subject> subjects_of(const Session& session) {
  std::vector<Subject> subjects;
  for (const Row& row : session.rows) {
    if (!row.is_compared()) continue;
    const std::string program = row.kind == kProgramKind ? row.workload : "";
    auto subject = std::find_if(subjects.begin(), subjects.end(), [&](const Subject& other) {
      return other.kind == row.kind && other.program == program;
    });
    if (subject == subjects.end()) {
      subject = subjects.insert(subjects.end(), Subject{row.kind, program, {}, {}, {}});
    }
    add_once(subject->strategies, row.strategy);
    add_once(subject->workloads, row.workload);
    subject->counts.insert(row.workers);
  }
  // A second name of a strategy is there to measure noise. It competes only where there is nothing
  // else to compete with.
  for (Subject& subject : subjects) {
    std::vector<std::string> originals;
    for (const std::string& name : subject.strategies) add_once(originals, original_name(name));
    if (originals.size() < 2) continue;
    std::erase_if(subject.strategies,
                  [](const std::string& name) { return original_name(name) != name; });
  }
  return subjects;
}

// ---- which rows ----

std::string lack_of(const RowIndex::Entry* entry) {
  if (entry == nullptr) return "not measured";
  if (!entry->row->no_time.empty()) return entry->row->no_time;
  return entry->blocks.empty() ? "all its blocks are excluded: " + entry->row->exclusion() : "";
}

std::string lack_of(const Making& making, const std::string& strategy,
                    const std::string& workload) {
  std::string lack = lack_of(making.index.find(workload, {strategy, making.workers()}));
  if (!lack.empty() || !making.conclusion.has_alone) return lack;
  const std::string lack_alone = lack_of(making.index.find(workload, {strategy, 1}));
  return lack_alone.empty() ? "" : "with one worker: " + lack_alone;
}

// What has rows at this number of workers.
Grid grid_of(const Making& making, const Subject& subject) {
  Grid grid;
  for (const std::string& strategy : subject.strategies) {
    for (const std::string& workload : subject.workloads) {
      if (making.index.find(workload, {strategy, making.workers()}) == nullptr) continue;
      add_once(grid.strategies, strategy);
      add_once(grid.workloads, workload);
    }
  }
  for (const std::string& strategy : grid.strategies) {
    auto& reasons = grid.no_time.emplace_back();
    for (const std::string& workload : grid.workloads) {
      reasons.push_back(lack_of(making, strategy, workload));
    }
  }
  return grid;
}

// ---- how they stand ----

Estimate mean_seconds(const Making& making, const Side& side) {
  std::vector<Estimate> means;
  for (const std::string& workload : making.conclusion.workloads) {
    means.push_back(*mean_over_blocks(making.index.find(workload, side)->blocks));
  }
  return mean_of_estimates(means);
}

Standing standing_of(const Making& making, const std::string& strategy) {
  const std::string& baseline = making.conclusion.baseline;
  const int workers = making.workers();
  Standing standing;
  standing.strategy = strategy;
  standing.seconds = mean_seconds(making, {strategy, workers});
  standing.speed = making.ratio({baseline, workers}, {strategy, workers});
  if (!making.conclusion.has_alone) return standing;
  standing.speed_over_one = making.ratio({baseline, 1}, {strategy, workers});
  standing.cost = making.ratio({strategy, 1}, {baseline, 1});
  if (workers > 1) standing.speedup = making.ratio({strategy, 1}, {strategy, workers});
  return standing;
}

// By the speed over the baseline, which is by pairs of blocks; without one, by the time itself.
void sort_by_speed(std::vector<Standing>& standings) {
  const bool all_have_speeds = std::all_of(standings.begin(), standings.end(),
                                           [](const Standing& each) { return each.speed; });
  std::stable_sort(standings.begin(), standings.end(),
                   [all_have_speeds](const Standing& a, const Standing& b) {
                     if (all_have_speeds) return a.speed->mean > b.speed->mean;
                     return a.seconds.mean < b.seconds.mean;
                   });
}

void fill(Making& making, const Subject& subject, const NoiseFloor& noise) {
  Conclusion& conclusion = making.conclusion;
  Selection selection = same_workloads(grid_of(making, subject));
  conclusion.workloads = std::move(selection.workloads);
  conclusion.left_out = std::move(selection.left_out);
  conclusion.nothing_in_common = selection.nothing_in_common;
  conclusion.baseline = baseline_of(selection.strategies);
  for (const std::string& strategy : selection.strategies) {
    conclusion.standings.push_back(standing_of(making, strategy));
  }
  sort_by_speed(conclusion.standings);
  judge(conclusion, making.index, noise);
}

// Whether a workload that has rows at `workers` has rows with one worker too.
bool has_rows_alone(const RowIndex& index, const Subject& subject, int workers) {
  for (const std::string& workload : subject.workloads) {
    for (const std::string& strategy : subject.strategies) {
      if (index.find(workload, {strategy, workers}) != nullptr &&
          index.find(workload, {strategy, 1}) != nullptr) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

int main_worker_count(const std::string& kind, const std::vector<int>& counts,
                      const Machine& machine) {
  const std::int64_t cores = machine.usable_cores != 0 ? machine.usable_cores : machine.num_cpus;
  for (const int count : counts) {
    if (kind != "io" && count == cores) return count;
  }
  return *std::max_element(counts.begin(), counts.end());
}

std::optional<Estimate> Conclusion::limit() const {
  const bool waits = kind == "io";
  return waits || workers != circumstances.cores ? std::nullopt : circumstances.cores_gave;
}

std::vector<Conclusion> conclude(const Session& session, double threshold) {
  const RowIndex index(session);
  const NoiseFloor noise = noise_floor(session, index);
  const Circumstances under = circumstances(session);
  std::vector<Conclusion> conclusions;
  for (const Subject& subject : subjects_of(session)) {
    const std::vector<int> counts(subject.counts.begin(), subject.counts.end());
    const int main_count = main_worker_count(subject.kind, counts, session.machine);
    for (const int workers : counts) {
      Conclusion conclusion;
      conclusion.kind = subject.kind;
      conclusion.program = subject.program;
      conclusion.workers = workers;
      conclusion.is_main = workers == main_count;
      conclusion.threshold = threshold;
      conclusion.circumstances = under;
      conclusion.has_alone = has_rows_alone(index, subject, workers);
      Making making{index, conclusion};
      fill(making, subject, noise);
      conclusions.push_back(std::move(conclusion));
    }
  }
  return conclusions;
}

}  // namespace gilbench::estimator
