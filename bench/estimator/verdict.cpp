// First looks for an obstacle to any verdict. Then asks of each other strategy whether it is slower
// than the first by more than the threshold, with Holm's correction over these questions, and with
// more confidence where others used much of the machine.
#include "bench/estimator/verdict.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "bench/estimator/words.h"

namespace gilbench::estimator {
namespace {

const std::string kNeeded = " of the " + std::to_string(kFewestBlocks) + " that are needed";

// What is wrong with one row: "" where it has blocks enough.
std::string shortness(const RowIndex::Entry& entry) {
  const int usable = static_cast<int>(entry.blocks.size());
  if (usable >= kFewestBlocks) return {};
  const Row& row = *entry.row;
  const std::string why = row.exclusion();
  return row.workload + " under " + row.strategy + " with " + count_of(row.workers, "worker") +
         " has " + count_of(usable, "usable block") + kNeeded +
         (why.empty() ? "" : " (excluded: " + why + ")");
}

// The first row that is too short for a verdict, as a reason; "" where none is. Rows with one
// worker bear on speed-ups and costs, and on no verdict about more workers.
std::string short_row(const Conclusion& conclusion, const RowIndex& index) {
  for (const Standing& standing : conclusion.standings) {
    for (const std::string& workload : conclusion.workloads) {
      std::string reason =
          shortness(*index.find(workload, {standing.strategy, conclusion.workers}));
      if (!reason.empty()) return reason;
    }
  }
  return {};
}

// A strategy that shares too few blocks with the first, as a reason; "" where none does.
std::string short_pair(const Conclusion& conclusion) {
  const auto& standings = conclusion.standings;
  for (std::size_t place = 1; place < standings.size(); ++place) {
    const int common = standings[place].behind ? standings[place].behind->blocks : 0;
    if (common >= kFewestBlocks) continue;
    return standings.front().strategy + " and " + standings[place].strategy + " have " +
           count_of(common, "usable block") + " in common" + kNeeded;
  }
  return {};
}

// Why nothing can be said of the strategies' order; "" where something can.
std::string obstacle(const Conclusion& conclusion, const RowIndex& index, const NoiseFloor& noise) {
  const auto& standings = conclusion.standings;
  if (standings.empty()) return "no strategy has a time";
  if (conclusion.nothing_in_common) return "no workload has a time under two strategies";
  if (standings.size() == 1) return "only " + standings.front().strategy + " has times";
  std::string reason = short_row(conclusion, index);
  if (reason.empty()) reason = short_pair(conclusion);
  if (reason.empty() && !noise.intervals_hold()) {
    reason = "strategies were told apart from themselves in " + std::to_string(noise.told_apart) +
             " of " + count_of(noise.judged, "pair") + ", so intervals mean nothing here";
  }
  return reason;
}

// The others' distances from the first.
void measure_distances(Conclusion& conclusion, const RowIndex& index) {
  auto& standings = conclusion.standings;
  if (standings.empty()) return;
  const Side first{standings.front().strategy, conclusion.workers};
  conclusion.blocks = standings.front().seconds.blocks;
  for (std::size_t place = 1; place < standings.size(); ++place) {
    Standing& other = standings[place];
    other.behind = index.ratio(conclusion.workloads, {other.strategy, conclusion.workers}, first);
    conclusion.blocks = std::min(conclusion.blocks, other.behind ? other.behind->blocks : 0);
  }
}

void settle(Standing& other, double threshold) {
  const Estimate& behind = *other.behind;
  // Where blocks are missing, the pairs may say that the "first" is the slower one.
  other.told_apart = behind.mean > 0 && other.slower.is_yes();
  other.level = is_level(behind, threshold);
  if (other.told_apart || other.level) return;
  const bool could_win = behind.mean > threshold;
  const double confidence = could_win ? other.slower.confidence() : kConfidence;
  other.more_blocks = more_blocks(behind, behind.half_width(confidence), threshold);
}

// Asks of each of the others whether it is slower than the first. All have a distance.
void compare_with_first(Conclusion& conclusion) {
  const double threshold = std::log1p(conclusion.threshold);
  std::vector<double> probabilities;
  for (std::size_t place = 1; place < conclusion.standings.size(); ++place) {
    probabilities.push_back(level_probability(*conclusion.standings[place].behind, threshold));
  }
  const bool disturbed = conclusion.circumstances.others_cores >= kMuchUsed;
  const std::vector<Answer> answers =
      holm(probabilities, disturbed ? kStrictConfidence : kConfidence);
  for (std::size_t place = 1; place < conclusion.standings.size(); ++place) {
    Standing& other = conclusion.standings[place];
    other.slower = answers[place - 1];
    settle(other, threshold);
  }
}

}  // namespace

std::vector<const Standing*> Conclusion::rivals() const {
  std::vector<const Standing*> found;
  for (std::size_t place = 1; place < standings.size(); ++place) {
    if (!standings[place].told_apart) found.push_back(&standings[place]);
  }
  return found;
}

void judge(Conclusion& conclusion, const RowIndex& index, const NoiseFloor& noise) {
  measure_distances(conclusion, index);
  conclusion.reason = obstacle(conclusion, index, noise);
  if (!conclusion.reason.empty()) return;
  compare_with_first(conclusion);
  const auto rivals = conclusion.rivals();
  const bool all_level =
      std::all_of(rivals.begin(), rivals.end(), [](const Standing* rival) { return rival->level; });
  conclusion.verdict = rivals.empty() ? Verdict::kWinner
                       : all_level    ? Verdict::kLevel
                                      : Verdict::kUndecided;
}

}  // namespace gilbench::estimator
