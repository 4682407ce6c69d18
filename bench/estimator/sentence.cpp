// One function for each part of a sentence; sentence() chooses them by the verdict or the mark.
#include "bench/estimator/sentence.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "bench/estimator/words.h"

namespace gilbench::estimator {
namespace {

std::string samples_text(std::size_t workloads, int blocks) {
  return count_of(static_cast<int>(workloads), "workload") + ", " + count_of(blocks, "block");
}

// "1.23 times as fast as b", of which the interval is told elsewhere.
std::string lead_text(const Standing& other) {
  return ratio_text(std::exp(other.behind->mean)) + " times as fast as " + other.strategy;
}

// What the first gains by its workers, beside what the machine gives to anybody.
std::string speedup_text(const Conclusion& conclusion) {
  const Standing& first = conclusion.standings.front();
  const auto limit = conclusion.limit();
  if (!limit || !first.speedup) return {};
  return "; its speed-up is " + ratio_text(std::exp(first.speedup->mean)) + " of the " +
         ratio_text(std::exp(limit->mean)) + " that " +
         count_of(conclusion.circumstances.cores, "core") + " gave";
}

// "; others used 0.9 of 2 cores", where that is much.
std::string others_text(const Circumstances& circumstances) {
  if (circumstances.others_cores < kMuchUsed) return {};
  return "; others used " + tenths_text(circumstances.others_cores) + " of " +
         count_of(circumstances.cores, "core");
}

std::string winner_text(const Conclusion& conclusion) {
  const Standing& next = conclusion.standings[1];
  return conclusion.standings.front().strategy + " is the fastest, " + lead_text(next) +
         ", the next (" + interval_text(*next.behind) + "; " +
         samples_text(conclusion.workloads.size(), conclusion.blocks) + ")" +
         speedup_text(conclusion);
}

std::vector<std::string> names_of(const std::vector<const Standing*>& standings) {
  std::vector<std::string> names;
  for (const Standing* standing : standings) names.push_back(standing->strategy);
  return names;
}

std::string level_text(const Conclusion& conclusion) {
  std::vector<std::string> names = names_of(conclusion.rivals());
  names.insert(names.begin(), conclusion.standings.front().strategy);
  return list_text(names) + " are level, within " + percent_text(conclusion.threshold) + " of " +
         names.front() + " (" + samples_text(conclusion.workloads.size(), conclusion.blocks) + ")";
}

// How many blocks would settle all that is open.
std::string advice_text(const std::vector<const Standing*>& rivals) {
  int most = 0;
  for (const Standing* rival : rivals) {
    if (rival->level) continue;
    if (!rival->more_blocks) return "more blocks than anyone has time for would be needed";
    most = std::max(most, *rival->more_blocks);
  }
  return "about " + std::to_string(most) + " more block" + (most == 1 ? "" : "s") + " would tell";
}

// Where a lead looks sure by itself, and is not among as many comparisons, or while others use
// much.
std::string correction_text(const Standing& other, double threshold) {
  const bool looks_sure = level_probability(*other.behind, std::log1p(threshold)) < 1 - kConfidence;
  if (!looks_sure) return {};
  if (other.slower.together > kConfidence) return ", not enough while others use so much";
  if (other.slower.questions < 2) return {};
  return ", not enough among " + std::to_string(other.slower.questions) + " comparisons";
}

std::string undecided_text(const Conclusion& conclusion) {
  const auto rivals = conclusion.rivals();
  const Standing& nearest = *rivals.front();
  return conclusion.standings.front().strategy + " cannot be told apart from " +
         list_text(names_of(rivals)) + " (" + lead_text(nearest) + ", " +
         interval_text(*nearest.behind) + correction_text(nearest, conclusion.threshold) + "; " +
         samples_text(conclusion.workloads.size(), conclusion.blocks) + "); " +
         advice_text(rivals) + others_text(conclusion.circumstances);
}

std::string verdict_text(const Conclusion& conclusion) {
  switch (conclusion.verdict) {
    case Verdict::kWinner:
      return winner_text(conclusion);
    case Verdict::kLevel:
      return level_text(conclusion);
    case Verdict::kUndecided:
      return undecided_text(conclusion);
    case Verdict::kNone:
      break;
  }
  return "no verdict: " + conclusion.reason;
}

std::string subject_text(const Change& change) {
  std::string text = change.workload.empty() ? change.kind : change.workload;
  if (!change.strategy.empty()) text += " under " + change.strategy;
  if (change.workers > 0) text += " with " + count_of(change.workers, "worker");
  if (change.switch_interval_us > 0) {
    text += ", switch interval " + std::to_string(change.switch_interval_us) + " us";
  }
  return text;
}

}  // namespace

std::string sentence(const Conclusion& conclusion) {
  std::string text = conclusion.subject() + " with " + count_of(conclusion.workers, "worker") +
                     ": " + verdict_text(conclusion) + ".";
  if (conclusion.left_out.empty()) return text;
  std::vector<std::string> left_out;
  for (const LeftOut& each : conclusion.left_out) left_out.push_back(each.name + " " + each.reason);
  return text + " Left out: " + list_text(left_out) + ".";
}

std::string sentence(const Change& change, double threshold) {
  const std::string subject = subject_text(change);
  if (!change.ratio) return subject + ": not to be compared (" + change.reason + ").";
  const std::string times = ratio_text(std::exp(change.ratio->mean)) +
                            " times as long as before (" + interval_text(*change.ratio) + ")";
  switch (change.mark) {
    case Mark::kWorse:
      return subject + " is slower: it takes " + times + ".";
    case Mark::kBetter:
      return subject + " is faster: it takes " + times + ".";
    case Mark::kSame:
      return subject + " is the same within " + percent_text(threshold) + ": it takes " + times +
             ".";
    case Mark::kUnknown:
      break;
  }
  return subject + ": not known whether it changed (" + change.reason + "): it took " + times + ".";
}

std::string sentence(const Comparison& comparison) {
  const auto count = [&comparison](Mark mark) {
    return std::to_string(
        std::count_if(comparison.rows.begin(), comparison.rows.end(),
                      [mark](const Change& change) { return change.mark == mark; }));
  };
  return "Of " + count_of(static_cast<int>(comparison.rows.size()), "row") + ", " +
         count(Mark::kWorse) + " became slower, " + count(Mark::kBetter) + " became faster, " +
         count(Mark::kSame) + " stayed the same within " + percent_text(comparison.threshold) +
         ", and of " + count(Mark::kUnknown) + " it is not known.";
}

std::string sentence(const Circumstances& circumstances) {
  std::string text;
  if (const auto& gave = circumstances.cores_gave) {
    text = "The machine: " + count_of(circumstances.cores, "core") + " at once gave " +
           ratio_text(std::exp(gave->mean)) + " times what one gives (" + interval_text(*gave) +
           ")" + others_text(circumstances) + ".";
  }
  if (circumstances.excluded > 0) {
    text += (text.empty() ? "" : " ") + std::to_string(circumstances.excluded) + " of " +
            count_of(circumstances.repetitions, "repetition") + " do not count (" +
            circumstances.exclusion + ", as the first of them).";
  }
  return text;
}

std::string sentence(const NoiseFloor& noise) {
  if (noise.pairs == 0) return {};
  std::string text = "A/A: " + list_text(noise.strategies) + " under two names";
  if (noise.aa_log_ratio_95) {
    text += ": 95 % of the ratios are below " + ratio_text(std::exp(*noise.aa_log_ratio_95));
  }
  return text + " (" + count_of(noise.pairs, "pair") + ", " + std::to_string(noise.told_apart) +
         " of them told apart).";
}

}  // namespace gilbench::estimator
