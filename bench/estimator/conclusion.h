// What a session shows: for each kind of workload and number of workers, which strategy is fastest,
// if the data can tell, and how the others stand to it and to the baseline.
//
// Terms of a conclusion:
// - Its subject is a kind, or one of the user's own programs, at one number of workers.
// - Its strategies and workloads form a grid without gaps (same_workloads.h), and every mean in it
//   is over those workloads. Where the subject has rows with one worker, a workload counts only
//   where it has a time with one worker too.
// - The first is the strategy with the highest speed. It is compared with each of the others, and
//   Holm's correction is over these pairs.
// - Level means within the threshold: 0.01 is a ratio of 1 / 1.01 to 1.01.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/estimator/circumstances.h"
#include "bench/estimator/noise_floor.h"
#include "bench/estimator/row_index.h"
#include "bench/estimator/same_workloads.h"

namespace gilbench::estimator {

inline constexpr double kDefaultThreshold = 0.01;

// One strategy's place in a conclusion. Ratios are logarithms, as everywhere; above 0 is faster,
// but for the cost.
struct Standing {
  std::string strategy;
  Estimate seconds;                        // the logarithm of the geometric mean over the workloads
  std::optional<Estimate> speed;           // baseline / own time, both with the subject's workers
  std::optional<Estimate> speed_over_one;  // the same, the baseline with one worker
  std::optional<Estimate> speedup;         // own time with one worker / with the subject's
  std::optional<Estimate> cost;            // own time / the baseline's, both with one worker
  std::optional<Estimate> behind;          // own time / the first one's; none for the first
  Answer slower;                           // whether it is slower than the first, by the threshold
  bool told_apart = false;
  bool level = false;              // with the first
  std::optional<int> more_blocks;  // that would settle it where neither holds
};

enum class Verdict {
  kWinner,     // the first is told apart from each of the others
  kLevel,      // those that are not told apart from the first are level with it
  kUndecided,  // more blocks would tell
  kNone,       // there is nothing to go by: `reason`
};

struct Conclusion {
  std::string kind;
  std::string program;  // the workload, where the kind is that of the user's own programs
  int workers = 1;
  bool is_main = false;    // of the kind's worker counts the one that sums it up
  bool has_alone = false;  // whether there are rows with one worker to compare with
  double threshold = kDefaultThreshold;
  Circumstances circumstances;  // the session's
  std::string baseline;
  std::vector<std::string> workloads;
  std::vector<LeftOut> left_out;
  bool nothing_in_common = false;   // several strategies have times, no two for one workload
  std::vector<Standing> standings;  // fastest first
  int blocks = 0;                   // the fewest that a comparison with the first rests on
  Verdict verdict = Verdict::kNone;
  std::string reason;

  // Those that cannot be told apart from the first, which is not among them.
  std::vector<const Standing*> rivals() const;
  // What all cores gave at once, where as many workers compute: no speed-up can be more.
  std::optional<Estimate> limit() const;
  // "cpu", or "program/primes".
  const std::string& subject() const { return program.empty() ? kind : program; }
};

// Of every kind and every number of workers that has rows, in the file's order. `threshold`: how
// far from 1 a ratio must be to mean something, from 0 to 1.
std::vector<Conclusion> conclude(const Session& session, double threshold = kDefaultThreshold);

// The number of workers at which a kind is summed up: one for each usable core where there are such
// rows, or else the most. I/O needs no cores. `counts` must not be empty.
int main_worker_count(const std::string& kind, const std::vector<int>& counts,
                      const Machine& machine);

}  // namespace gilbench::estimator
