// In which order rows are run, and which of them by the same engine processes.
#pragma once

#include <cstddef>
#include <random>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// Rows that one engine process of each build runs, one after the other: indexes, each as often as
// it is run.
using Block = std::vector<std::size_t>;

// Interleaved: a block for each repetition of each workload, with its rows in random order; so
// builds that are compared run side by side, each repetition in processes of its own. Otherwise a
// block for each workload, with the rows in their order and each row's repetitions together. A row
// that is skipped comes once.
std::vector<Block> plan_blocks(const std::vector<Row>& rows, int repetitions, bool interleaved,
                               std::mt19937& random);

}  // namespace gilbench
