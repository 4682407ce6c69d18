// In which order rows are run.

#include "bench/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>
#include <optional>
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
    return plan_blocks(rows_, {repetitions, repetitions, interleaved}, orders_, random_);
  }
  static std::size_t count(const Block& block, std::size_t row) {
    return static_cast<std::size_t>(std::count(block.begin(), block.end(), row));
  }

  std::vector<Workload> workloads_;
  std::vector<Row> rows_;
  std::mt19937 random_{1};
  Orders orders_{random_};
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

// The process's first row is slower: over two blocks each of two rows is before the other once.
TEST_F(Plan, EverySecondOrderIsTheOtherWayRound) {
  std::vector<Block> of_first;
  for (const Block& block : plan(50, true)) {
    if (rows_[block[0]].workload == &workloads_[0]) of_first.push_back(block);
  }
  ASSERT_EQ(of_first.size(), 50);
  for (std::size_t i = 0; i < of_first.size(); i += 2) {
    EXPECT_EQ(of_first[i + 1], Block(of_first[i].rbegin(), of_first[i].rend()));
  }
}

TEST_F(Plan, ASetTimeHasItsOwnNumberOfBlocks) {
  workloads_[1].info.fixed_duration = true;
  std::vector<std::size_t> runs(rows_.size(), 0);
  for (const Block& block : plan_blocks(rows_, {5, 2, true}, orders_, random_)) {
    for (const std::size_t row : block) ++runs[row];
  }
  EXPECT_EQ(runs, (std::vector<std::size_t>{5, 5, 2, 2, 5, 1}));
  EXPECT_EQ(planned_runs(rows_[0], {5, 2, true}), 5);
  EXPECT_EQ(planned_runs(rows_[2], {5, 2, true}), 2);
}

// ---- more blocks than planned ----

// Two rows of each of three workloads have six blocks; their ratios are calm, noisy, and of the
// last, whose time is set, there is none.
class MoreBlocks : public Plan {
 protected:
  MoreBlocks() {
    rows_.back().skipped.clear();
    workloads_[2].info.fixed_duration = true;
    for (int block = 0; block < 6; ++block) {
      for (std::size_t row = 0; row < rows_.size(); ++row) {
        Sample sample;
        sample.seconds = row == 3 && block % 2 == 1 ? 2 : 1;
        sample.block = block;
        rows_[row].samples.push_back(sample);
      }
    }
  }

  std::optional<Block> more(double seconds_left, double wide_enough = 0.005) {
    std::optional<Block> block =
        block_to_add(rows_, {{&workloads_[0], 1}, {&workloads_[1], 5}, {&workloads_[2], 2}},
                     seconds_left, wide_enough, orders_);
    if (block) std::sort(block->begin(), block->end());
    return block;
  }
};

TEST_F(MoreBlocks, GoWhereTheIntervalIsWidest) { EXPECT_EQ(more(10), (Block{2, 3})); }

TEST_F(MoreBlocks, FitIntoTheTime) {
  // 20 % over the square root of 6 is what a set time counts as.
  EXPECT_EQ(more(4.9), (Block{4, 5}));
  EXPECT_EQ(more(1.9), std::nullopt) << "the calm one needs none";
  EXPECT_EQ(more(4.9, 0.082), std::nullopt);
}

TEST_F(MoreBlocks, MakeUpForRepetitionsThatDoNotCount) {
  rows_[1].samples.back().excluded = "others used 0.9 of 2 cores";
  EXPECT_EQ(more(10), (Block{0, 1})) << "five are too few";
}

TEST_F(MoreBlocks, AreNotForRowsWithoutATime) {
  rows_[3].samples.clear();
  rows_[3].error = "failed";
  EXPECT_EQ(more(10), (Block{4, 5})) << "nothing is left to compare the other with";
  rows_[4].samples.clear();
  rows_[4].skipped = "for a reason";
  EXPECT_EQ(more(10), (Block{5}));
}

}  // namespace
}  // namespace gilbench
