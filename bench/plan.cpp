// Blocks are shuffled within each pass over the workloads, and their rows in pairs of blocks. What
// is left of a budget goes to the workload whose intervals are widest.
#include "bench/plan.h"

#include <algorithm>
#include <cmath>

#include "bench/estimator/estimate.h"

namespace gilbench {
namespace {

constexpr double kWidthOfFixedDuration = 0.2;
constexpr double kWidthOfTooFew = 10;  // of blocks that count: these come first

// The rows of each workload. Rows stand by workload.
std::vector<Block> by_workload(const std::vector<Row>& rows) {
  std::vector<Block> groups;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].workload != rows[i - 1].workload) groups.emplace_back();
    groups.back().push_back(i);
  }
  return groups;
}

// A row that is skipped is no run, and is listed once all the same: it is to be reported.
std::size_t times_listed(const Row& row, const PlanSize& size) {
  return std::max<std::size_t>(planned_runs(row, size), 1);
}

Block repeated(const Block& group, const std::vector<Row>& rows, const PlanSize& size) {
  Block block;
  for (const std::size_t row : group) {
    block.insert(block.end(), times_listed(rows[row], size), row);
  }
  return block;
}

// The blocks of one pass, in random order.
std::vector<Block> pass(const std::vector<Block>& groups, const std::vector<Row>& rows,
                        const PlanSize& size, std::size_t repetition, Orders& orders,
                        std::mt19937& random) {
  std::vector<Block> blocks;
  for (const Block& group : groups) {
    Block block;
    for (const std::size_t row : group) {
      if (repetition < times_listed(rows[row], size)) block.push_back(row);
    }
    if (!block.empty()) blocks.push_back(orders.of_rows(std::move(block)));
  }
  std::shuffle(blocks.begin(), blocks.end(), random);
  return blocks;
}

// Of the repetitions that count.
estimator::BlockLogs logs_of(const Row& row) {
  estimator::BlockLogs logs;
  for (const Sample& sample : row.samples) {
    if (sample.excluded.empty()) logs[sample.block] = std::log(std::max(sample.seconds, 1e-9));
  }
  return logs;
}

// Half the width of the widest interval of a ratio to the first row with as many workers, as a
// share of 1; 0 where there is nothing to compare.
double widest_interval(const Block& group, const std::vector<Row>& rows) {
  std::map<int, estimator::BlockLogs> firsts;
  double widest = 0;
  for (const std::size_t index : group) {
    const Row& row = rows[index];
    if (!row.has_time() || !row.is_speed()) continue;
    estimator::BlockLogs logs = logs_of(row);
    if (logs.size() < estimator::kFewestBlocks) widest = std::max(widest, kWidthOfTooFew);
    const auto [first, is_first] = firsts.try_emplace(row.workers, std::move(logs));
    if (is_first) continue;
    const auto ratio = estimator::paired_ratio(logs_of(row), first->second);
    if (ratio && ratio->has_interval()) widest = std::max(widest, ratio->half_width());
  }
  return widest;
}

double width_of(const Block& group, const std::vector<Row>& rows) {
  const auto timed = std::find_if(group.begin(), group.end(),
                                  [&rows](std::size_t index) { return rows[index].has_time(); });
  if (timed == group.end()) return 0;
  const Row& row = rows[*timed];
  if (!row.workload->info.fixed_duration) return widest_interval(group, rows);
  return kWidthOfFixedDuration / std::sqrt(static_cast<double>(row.samples.size()));
}

}  // namespace

std::size_t planned_runs(const Row& row, const PlanSize& size) {
  if (!row.skipped.empty()) return 0;
  return static_cast<std::size_t>(row.workload->info.fixed_duration ? size.fixed_duration_blocks
                                                                    : size.blocks);
}

Block Orders::of_rows(Block rows) {
  const auto before = unreversed_.find(rows);
  if (before != unreversed_.end()) {
    Block reversed(before->second.rbegin(), before->second.rend());
    unreversed_.erase(before);
    return reversed;
  }
  Block shuffled = rows;
  std::shuffle(shuffled.begin(), shuffled.end(), random_);
  unreversed_.emplace(std::move(rows), shuffled);
  return shuffled;
}

std::vector<Block> plan_blocks(const std::vector<Row>& rows, const PlanSize& size, Orders& orders,
                               std::mt19937& random) {
  const std::vector<Block> groups = by_workload(rows);
  std::vector<Block> blocks;
  if (!size.interleaved) {
    for (const Block& group : groups) blocks.push_back(repeated(group, rows, size));
    return blocks;
  }
  const auto passes = static_cast<std::size_t>(std::max(size.blocks, size.fixed_duration_blocks));
  for (std::size_t repetition = 0; repetition < passes; ++repetition) {
    for (Block& block : pass(groups, rows, size, repetition, orders, random)) {
      blocks.push_back(std::move(block));
    }
  }
  return blocks;
}

std::optional<Block> block_to_add(const std::vector<Row>& rows,
                                  const std::map<const Workload*, double>& costs,
                                  double seconds_left, double wide_enough, Orders& orders) {
  const Block* widest = nullptr;
  double width = wide_enough;
  const std::vector<Block> groups = by_workload(rows);
  for (const Block& group : groups) {
    const auto cost = costs.find(rows[group.front()].workload);
    if (cost == costs.end() || cost->second > seconds_left) continue;
    const double own = width_of(group, rows);
    if (own <= width) continue;
    width = own;
    widest = &group;
  }
  if (widest == nullptr) return std::nullopt;
  Block block;
  for (const std::size_t index : *widest) {
    if (rows[index].has_time()) block.push_back(index);
  }
  return orders.of_rows(std::move(block));
}

}  // namespace gilbench
