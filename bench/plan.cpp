#include "bench/plan.h"

#include <algorithm>

namespace gilbench {
namespace {

// The rows of each workload. Rows stand by workload.
std::vector<Block> by_workload(const std::vector<Row>& rows) {
  std::vector<Block> groups;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (i == 0 || rows[i].workload != rows[i - 1].workload) groups.emplace_back();
    groups.back().push_back(i);
  }
  return groups;
}

Block repeated(const Block& group, const std::vector<Row>& rows, int repetitions) {
  Block block;
  for (const std::size_t row : group) {
    block.insert(block.end(), rows[row].skipped.empty() ? static_cast<std::size_t>(repetitions) : 1,
                 row);
  }
  return block;
}

}  // namespace

std::vector<Block> plan_blocks(const std::vector<Row>& rows, int repetitions, bool interleaved,
                               std::mt19937& random) {
  const std::vector<Block> groups = by_workload(rows);
  std::vector<Block> blocks;
  for (int repetition = 0; repetition < (interleaved ? repetitions : 1); ++repetition) {
    const std::size_t first = blocks.size();
    for (const Block& group : groups) {
      if (!interleaved) {
        blocks.push_back(repeated(group, rows, repetitions));
        continue;
      }
      Block block;
      for (const std::size_t row : group) {
        if (rows[row].skipped.empty() || repetition == 0) block.push_back(row);
      }
      std::shuffle(block.begin(), block.end(), random);
      if (!block.empty()) blocks.push_back(std::move(block));
    }
    if (interleaved) {
      std::shuffle(blocks.begin() + static_cast<std::ptrdiff_t>(first), blocks.end(), random);
    }
  }
  return blocks;
}

}  // namespace gilbench
