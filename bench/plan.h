// In which order rows are run, and which of them by the same engine processes.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <random>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// Rows that one engine process of each build runs, one after the other: indexes, each as often as
// it is run.
using Block = std::vector<std::size_t>;

struct PlanSize {
  int blocks = 10;                 // of each workload
  int fixed_duration_blocks = 10;  // of one whose time is set, which cannot be short
  bool interleaved = true;
};

// In which order the rows of each next block of a workload are run: at random, and every second
// time the other way round. So of two rows each is the first as often as the other, for the one
// that a process runs first is slower than the rest.
class Orders {
 public:
  explicit Orders(std::mt19937& random) : random_(random) {}
  Block of_rows(Block rows);  // in ascending order

 private:
  std::mt19937& random_;
  std::map<Block, Block> unreversed_;  // by their rows
};

// Interleaved: a block for each repetition of each workload, with its rows as Orders has them; so
// builds that are compared run side by side, each repetition in processes of its own. Otherwise a
// block for each workload, with the rows in their order and each row's repetitions together. A row
// that is skipped comes once.
std::vector<Block> plan_blocks(const std::vector<Row>& rows, const PlanSize& size, Orders& orders,
                               std::mt19937& random);

// How often a row is run by such a plan: one that is skipped never.
std::size_t planned_runs(const Row& row, const PlanSize& size);

// One more block where it helps most, of those that are over within `seconds_left`: of the workload
// with the widest interval of a ratio between two of its rows with the same workers, those first in
// which a row has too few repetitions that count. Nothing where
// none fits, or where no interval is wider than `wide_enough` to each side (a share of 1). `costs`:
// the seconds that a block of each workload takes. Workloads whose time is set have no such
// interval: they count as if the 95 % interval of what they measure were 20 % over the square root
// of their blocks.
std::optional<Block> block_to_add(const std::vector<Row>& rows,
                                  const std::map<const Workload*, double>& costs,
                                  double seconds_left, double wide_enough, Orders& orders);

}  // namespace gilbench
