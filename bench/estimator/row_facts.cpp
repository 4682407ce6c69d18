// Relates each row to the baseline and to its own row with one worker, by ratios over the blocks
// that both have.
#include "bench/estimator/row_facts.h"

#include <map>
#include <tuple>

namespace gilbench::estimator {
namespace {

RowFacts facts_of(const Row& row, const RowIndex& index, const std::string& baseline) {
  RowFacts facts;
  facts.row = &row;
  const BlockLogs blocks = row.usable_blocks();
  facts.usable_blocks = static_cast<int>(blocks.size());
  facts.excluded_blocks = row.excluded_block_count();
  facts.is_enough = facts.usable_blocks >= kFewestBlocks;
  facts.seconds = mean_over_blocks(blocks);
  facts.latency = pooled_latency(row);
  if (!row.is_compared() || blocks.empty()) return facts;
  const Side own{row.strategy, row.workers};
  const Side alone{row.strategy, 1};
  facts.speed = index.ratio(row.workload, {baseline, row.workers}, own);
  facts.speed_over_one = index.ratio(row.workload, {baseline, 1}, own);
  if (row.workers > 1) facts.speedup = index.ratio(row.workload, alone, own);
  facts.cost = index.ratio(row.workload, alone, {baseline, 1});
  return facts;
}

}  // namespace

Facts row_facts(const Session& session, const RowIndex& index) {
  std::vector<std::string> strategies;
  for (const Row& row : session.rows) add_once(strategies, row.strategy);
  Facts facts;
  facts.baseline = baseline_of(strategies);
  // The row with one worker of each that differs from it in nothing else.
  std::map<std::tuple<std::string, std::string, std::int64_t>, const Row*> alone;
  for (const Row& row : session.rows) {
    if (row.workers == 1) alone[{row.workload, row.strategy, row.switch_interval_us}] = &row;
  }
  for (const Row& row : session.rows) {
    facts.rows.push_back(facts_of(row, index, facts.baseline));
    const Row* one = alone[{row.workload, row.strategy, row.switch_interval_us}];
    if (one != nullptr) facts.rows.back().memory_per_worker = memory_per_worker(row, *one);
  }
  return facts;
}

}  // namespace gilbench::estimator
