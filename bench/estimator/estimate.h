// Estimates of ratios: means of logarithms over blocks, with their uncertainty.
//
// A block is one engine process that ran every row of a workload once. What differs from process to
// process (layout, allocator state) and what comes and goes on the machine is alike for all rows of
// a block and falls out of the ratio of two of them. So the samples of a ratio are the blocks, and
// intervals are Student's t over them. docs/estimator.md has the study that chose t.
//
// Everything here is in natural logarithms of seconds: a ratio is a difference, and the inverse of
// a ratio is its negative.
#pragma once

#include <map>
#include <optional>
#include <vector>

namespace gilbench::estimator {

// Of every interval that is shown.
inline constexpr double kConfidence = 0.95;
// That a verdict takes where others used much (kMuchUsed): what they do lasts for several blocks,
// which are not as independent then as the intervals take them to be.
inline constexpr double kStrictConfidence = 0.99;
// With fewer blocks on a row there is no verdict about it.
inline constexpr int kFewestBlocks = 6;
// No advice to measure more blocks than that.
inline constexpr int kMostBlocks = 10'000;

// Block -> mean logarithm of the seconds that a row took in it.
using BlockLogs = std::map<int, double>;

struct Estimate {
  double mean = 0;            // a logarithm
  double standard_error = 0;  // of the mean
  double freedom = 0;         // degrees of freedom; 0: one block has no spread to tell
  int blocks = 0;             // that it rests on; of a mean of estimates, the fewest

  bool has_interval() const { return freedom > 0; }
  // Of the interval: mean - half_width() to mean + half_width(). Needs has_interval().
  double half_width(double confidence = kConfidence) const;
  Estimate inverse() const { return {-mean, standard_error, freedom, blocks}; }
};

// The mean over one row's blocks; nothing where there is no block.
std::optional<Estimate> mean_over_blocks(const BlockLogs& row);

// above / below, by the blocks that both have; nothing where there is none.
std::optional<Estimate> paired_ratio(const BlockLogs& above, const BlockLogs& below);

// above / below, of rows of two sessions, whose blocks have nothing in common.
// B. L. Welch: The generalization of "Student's" problem, Biometrika 34, 1947.
std::optional<Estimate> independent_ratio(const BlockLogs& above, const BlockLogs& below);

// The geometric mean of several workloads' ratios. The workloads are those that were chosen, and no
// sample of others: only their blocks are uncertain. Blocks of different workloads are different
// processes at different times, so the variances add up; the degrees of freedom are
// Satterthwaite's (Biometrics Bulletin 2, 1946). `estimates` must not be empty.
Estimate mean_of_estimates(const std::vector<Estimate>& estimates);

// The probability of an estimate at least so far from level (-threshold to threshold, a logarithm)
// if the truth were level. Below 1 - C exactly where the interval of confidence C lies wholly
// outside. 1 without an interval.
double level_probability(const Estimate& estimate, double threshold);

// Whether the interval lies wholly within -threshold to threshold.
bool is_level(const Estimate& estimate, double threshold);

// One of several questions that are answered together.
struct Answer {
  double probability = 1;         // after the correction, at most 1
  int questions = 1;              // among how many the correction counts it
  double together = kConfidence;  // of all of them

  bool is_yes() const { return probability < 1 - together; }
  // Of the interval that lies wholly outside where the answer is yes.
  double confidence() const { return 1 - (1 - together) / questions; }
};

// Holm's correction: the chance that any of the answers is a wrong yes stays at 1 - confidence.
// S. Holm: A simple sequentially rejective multiple test procedure, Scand. J. Statistics 6, 1979.
std::vector<Answer> holm(const std::vector<double>& probabilities, double confidence = kConfidence);

// About how many blocks more of the same spread would bring the interval wholly to one side of the
// threshold: with n times as many it is sqrt(n) times as narrow. At least 1; nothing where it would
// be more than kMostBlocks, or where there is no interval to go by.
std::optional<int> more_blocks(const Estimate& estimate, double half_width, double threshold);

}  // namespace gilbench::estimator
