// What changed between two sessions: for each row, and for each kind of workload.
//
// Rows of two sessions share no block, so their intervals are independent (Welch's) and wider than
// those within a session. They cover what differs between blocks. They do not cover what differs
// between two sessions as a whole, such as another neighbour on the machine for all of one session.
//
// A kind's change is measured three ways: under each strategy with each number of workers, and over
// all of them. Each is a geometric mean over the same workloads in both sessions. User's own
// programs have rows only; they are never averaged.
//
// Whether a change is real is asked of many rows at once, so Holm's correction is over all rows,
// and over all kinds' changes. The intervals shown are not corrected.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "bench/estimator/row_index.h"
#include "bench/estimator/same_workloads.h"

namespace gilbench::estimator {

enum class Mark {
  kBetter,   // faster, by more than the threshold
  kWorse,    // slower, by more than the threshold
  kSame,     // the interval lies within the threshold
  kUnknown,  // none of these: `reason`
};

struct Change {
  std::string kind;
  std::string workload;                 // empty: over `workloads`
  std::string strategy;                 // empty: over all
  int workers = 0;                      // 0: over all
  std::int64_t switch_interval_us = 0;  // of a row with another interval than its session's; else 0
  std::vector<std::string> workloads;
  std::vector<LeftOut> left_out;
  std::optional<Estimate> ratio;  // new time / old time: above 0 is slower
  Answer changed;
  Mark mark = Mark::kUnknown;
  std::string reason;
};

struct Comparison {
  double threshold = 0;
  std::vector<Change> rows;  // that have a time in both sessions
  std::vector<Change> kinds;
  std::vector<std::string> only_old;  // rows with a time in one session alone
  std::vector<std::string> only_new;
};

// Why two sessions should not be compared, in one line: another machine, size or schema. "" where
// nothing speaks against it.
std::string refusal(const Session& old_session, const Session& new_session);

// Throws DataError where no row has a time in both.
Comparison compare(const Session& old_session, const Session& new_session, double threshold);

}  // namespace gilbench::estimator
