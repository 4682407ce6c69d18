// Pairs the rows of two sessions, estimates a ratio for each row and kind, and marks each as
// better, worse, same or unknown. Rows and kinds are two families of questions for Holm's
// correction.
#include "bench/estimator/comparison.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <tuple>
#include <utility>

#include "bench/estimator/fields.h"
#include "bench/estimator/words.h"

namespace gilbench::estimator {
namespace {

// Two kernels of one machine leave programs a little more or less memory.
constexpr double kMemoryTolerance = 0.05;

using Key = std::tuple<std::string, std::string, int, std::int64_t>;

// A row that has a time in both sessions.
struct Pair {
  const Row* row = nullptr;  // the new one
  BlockLogs before;
  BlockLogs after;

  bool is_long_enough() const {
    const auto fewest = static_cast<int>(std::min(before.size(), after.size()));
    return fewest >= kFewestBlocks;
  }
};

// ---- whether ----

std::string unlike(const std::string& what, const std::string& before, const std::string& after) {
  if (before == after || before.empty() || after.empty()) return {};
  return "of different " + what + ": " + before + " and " + after;
}

std::string unlike(const std::string& what, std::int64_t before, std::int64_t after) {
  if (before == 0 || after == 0) return {};
  return unlike(what, std::to_string(before), std::to_string(after));
}

std::string unlike_memory(std::int64_t before, std::int64_t after) {
  const double least = static_cast<double>(std::min(before, after));
  const double most = static_cast<double>(std::max(before, after));
  if (least == 0 || most <= least * (1 + kMemoryTolerance)) return {};
  return unlike("machines (bytes of memory)", before, after);
}

// ---- rows ----

Key key_of(const Row& row) {
  return {row.workload, row.strategy, row.workers,
          row.is_extra_interval ? row.switch_interval_us : 0};
}

std::string name_of(const Row& row) {
  std::string name =
      row.workload + " under " + row.strategy + " with " + count_of(row.workers, "worker");
  if (row.is_extra_interval) name += ", " + std::to_string(row.switch_interval_us) + " us";
  return name;
}

std::map<Key, const Row*> timed_rows(const Session& session) {
  std::map<Key, const Row*> rows;
  for (const Row& row : session.rows) {
    if (!row.fixed_duration && !row.expects_error && row.usable_block_count() > 0)
      rows[key_of(row)] = &row;
  }
  return rows;
}

// In the new file's order; what only one of them has is named in `comparison`.
std::vector<Pair> pairs_of(const Session& old_session, const Session& new_session,
                           Comparison& comparison) {
  std::map<Key, const Row*> before = timed_rows(old_session);
  const std::map<Key, const Row*> after = timed_rows(new_session);
  std::vector<Pair> pairs;
  for (const Row& row : new_session.rows) {
    if (after.count(key_of(row)) == 0) continue;
    const auto old_row = before.find(key_of(row));
    if (old_row == before.end()) {
      comparison.only_new.push_back(name_of(row));
    } else {
      pairs.push_back({&row, old_row->second->usable_blocks(), row.usable_blocks()});
    }
  }
  for (const Row& row : old_session.rows) {
    if (before.count(key_of(row)) != 0 && after.count(key_of(row)) == 0) {
      comparison.only_old.push_back(name_of(row));
    }
  }
  return pairs;
}

Change row_change(const Pair& pair) {
  Change change;
  change.kind = pair.row->kind;
  change.workload = pair.row->workload;
  change.strategy = pair.row->strategy;
  change.workers = pair.row->workers;
  if (pair.row->is_extra_interval) change.switch_interval_us = pair.row->switch_interval_us;
  change.workloads = {pair.row->workload};
  change.ratio = independent_ratio(pair.after, pair.before);
  return change;
}

// ---- kinds ----

// The mean of several rows in each block in which all of them have a time. The rows of a block come
// from one process, so they are no independent samples, but their mean is one.
BlockLogs mean_of_rows(const std::vector<const BlockLogs*>& rows) {
  BlockLogs means;
  for (const auto& [block, first] : *rows.front()) {
    double sum = 0;
    std::size_t count = 0;
    for (const BlockLogs* row : rows) {
      const auto found = row->find(block);
      if (found == row->end()) break;
      sum += found->second;
      ++count;
    }
    if (count == rows.size()) means[block] = sum / static_cast<double>(count);
  }
  return means;
}

// Of one workload over several rows; nothing where they have too few blocks in common.
std::optional<Estimate> workload_ratio(const std::vector<const Pair*>& pairs) {
  std::vector<const BlockLogs*> before;
  std::vector<const BlockLogs*> after;
  for (const Pair* pair : pairs) {
    before.push_back(&pair->before);
    after.push_back(&pair->after);
  }
  const auto ratio = independent_ratio(mean_of_rows(after), mean_of_rows(before));
  return ratio && ratio->blocks >= kFewestBlocks ? ratio : std::nullopt;
}

// What a kind's change is over: its rows, or those of one strategy with one number of workers.
using GroupKey = std::tuple<std::string, std::string, int>;

Change kind_change(const GroupKey& key, const std::vector<const Pair*>& pairs) {
  Change change;
  std::tie(change.kind, change.strategy, change.workers) = key;
  std::vector<std::string> names;
  std::map<std::string, std::vector<const Pair*>> by_workload;
  for (const Pair* pair : pairs) {
    if (pair->is_long_enough()) {
      add_once(names, pair->row->workload);
      by_workload[pair->row->workload].push_back(pair);
    } else {
      change.left_out.push_back(
          {name_of(*pair->row),
           "has fewer than " + std::to_string(kFewestBlocks) + " usable blocks"});
    }
  }
  std::vector<Estimate> ratios;
  for (const std::string& name : names) {
    if (const auto ratio = workload_ratio(by_workload[name])) {
      ratios.push_back(*ratio);
      change.workloads.push_back(name);
    } else {
      change.left_out.push_back({name, "has too few blocks in which all its rows are usable"});
    }
  }
  if (!ratios.empty()) change.ratio = mean_of_estimates(ratios);
  return change;
}

std::vector<Change> kind_changes(const std::vector<Pair>& pairs) {
  std::vector<GroupKey> order;
  std::map<GroupKey, std::vector<const Pair*>> groups;
  const auto add = [&](const GroupKey& key, const Pair& pair) {
    auto& group = groups[key];
    if (group.empty()) order.push_back(key);
    group.push_back(&pair);
  };
  for (const Pair& pair : pairs) {
    if (!pair.row->is_compared() || pair.row->kind == kProgramKind) continue;
    add({pair.row->kind, "", 0}, pair);
    add({pair.row->kind, pair.row->strategy, pair.row->workers}, pair);
  }
  std::vector<Change> changes;
  for (const GroupKey& key : order) changes.push_back(kind_change(key, groups[key]));
  return changes;
}

// ---- marks ----

bool is_judged(const Change& change) {
  return change.ratio && change.ratio->blocks >= kFewestBlocks && change.ratio->has_interval();
}

void mark(Change& change, double threshold) {
  if (!is_judged(change)) {
    change.reason = "fewer than " + std::to_string(kFewestBlocks) + " usable blocks in one file";
  } else if (change.changed.is_yes()) {
    change.mark = change.ratio->mean > 0 ? Mark::kWorse : Mark::kBetter;
  } else if (is_level(*change.ratio, threshold)) {
    change.mark = Mark::kSame;
  } else {
    change.reason = "the data cannot tell";
  }
}

void mark_all(std::vector<Change>& changes, double threshold) {
  std::vector<double> probabilities;
  for (const Change& change : changes) {
    if (is_judged(change)) probabilities.push_back(level_probability(*change.ratio, threshold));
  }
  const std::vector<Answer> answers = holm(probabilities);
  auto answer = answers.begin();
  for (Change& change : changes) {
    if (is_judged(change)) change.changed = *answer++;
    mark(change, threshold);
  }
}

std::string span_of(const Session& session) {
  return session.cold ? "with start-up" : "without start-up";
}

}  // namespace

std::string refusal(const Session& old_session, const Session& new_session) {
  const Machine& before = old_session.machine;
  const Machine& after = new_session.machine;
  for (const std::string& reason :
       {unlike("machines", before.cpu_model, after.cpu_model),
        unlike("machines (cores)", before.num_cpus, after.num_cpus),
        unlike("machines (usable cores)", before.usable_cores, after.usable_cores),
        unlike_memory(before.memory_bytes, after.memory_bytes),
        unlike("sizes", old_session.size, new_session.size),
        unlike("times", span_of(old_session), span_of(new_session)),
        unlike("schemas", old_session.schema, new_session.schema)}) {
    if (!reason.empty()) return reason;
  }
  return {};
}

Comparison compare(const Session& old_session, const Session& new_session, double threshold) {
  Comparison comparison;
  comparison.threshold = threshold;
  const std::vector<Pair> pairs = pairs_of(old_session, new_session, comparison);
  if (pairs.empty()) {
    throw DataError(old_session.path + " and " + new_session.path + ": no row has a time in both");
  }
  for (const Pair& pair : pairs) comparison.rows.push_back(row_change(pair));
  comparison.kinds = kind_changes(pairs);
  mark_all(comparison.rows, std::log1p(threshold));
  mark_all(comparison.kinds, std::log1p(threshold));
  return comparison;
}

}  // namespace gilbench::estimator
