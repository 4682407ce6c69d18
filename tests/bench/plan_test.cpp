// In which order rows are run.

#include "bench/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>

namespace gilbench {
namespace {

// Three workloads with two rows each; the last row is skipped.
class Plan : public testing::Test {
 protected:
  Plan() : workloads_(3), rows_(6) {
    for (std::size_t i = 0; i < rows_.size(); ++i) rows_[i].workload = &workloads_[i / 2];
    rows_.back().skipped = "for a reason";
  }

  std::vector<Block> plan(int repetitions, bool interleaved) {
    return plan_blocks(rows_, {repetitions, repetitions, interleaved}, random_);
  }
  static std::size_t count(const Block& block, std::size_t row) {
    return static_cast<std::size_t>(std::count(block.begin(), block.end(), row));
  }

  std::vector<Workload> workloads_;
  std::vector<Row> rows_;
  std::mt19937 random_{1};
};

TEST_F(Plan, InOrderIsByWorkloadAndRow) {
  const std::vector<Block> expected{{0, 0, 0, 1, 1, 1}, {2, 2, 2, 3, 3, 3}, {4, 4, 4, 5}};
  EXPECT_EQ(plan(3, false), expected);
}

TEST_F(Plan, InterleavedHasABlockForEachRepetitionOfAWorkload) {
  const std::vector<Block> blocks = plan(4, true);
  ASSERT_EQ(blocks.size(), 12);
  std::vector<std::size_t> runs(rows_.size(), 0);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    std::set<const Workload*> of;
    for (const std::size_t row : blocks[i]) {
      of.insert(rows_[row].workload);
      ++runs[row];
      EXPECT_EQ(count(blocks[i], row), 1);
    }
    EXPECT_EQ(of.size(), 1) << "a block of several workloads";
  }
  EXPECT_EQ(runs, (std::vector<std::size_t>{4, 4, 4, 4, 4, 1}));
  // Each repetition is over before the next begins.
  for (std::size_t first = 0; first < blocks.size(); first += 3) {
    std::set<const Workload*> of;
    for (std::size_t i = first; i < first + 3; ++i) of.insert(rows_[blocks[i][0]].workload);
    EXPECT_EQ(of.size(), 3);
  }
}

TEST_F(Plan, InterleavedOrdersAreRandom) {
  std::set<Block> of_first;
  std::set<const Workload*> first_workloads;
  for (const Block& block : plan(50, true)) {
    if (rows_[block[0]].workload == &workloads_[0]) of_first.insert(block);
  }
  for (int i = 0; i < 50; ++i) first_workloads.insert(rows_[plan(1, true)[0][0]].workload);
  EXPECT_EQ(of_first, (std::set<Block>{{0, 1}, {1, 0}}));
  EXPECT_EQ(first_workloads.size(), 3);
}

}  // namespace
}  // namespace gilbench
