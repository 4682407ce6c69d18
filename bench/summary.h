// What a run says at its end: a short table, and one sentence per kind of workload.
#pragma once

#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// Per kind and strategy: the geometric means, over the workloads, of the speed-up at the most
// workers and of the time at one worker relative to `global_lock` (or else the first strategy).
// Empty where no row has a time.
std::string summary_table(const std::vector<Row>& rows);

// Per kind: which strategy won at the most workers, and by how much.
std::vector<std::string> summary_sentences(const std::vector<Row>& rows);

// In how many runs others slowed the machine down, and what to do; empty: in none.
std::string calmness_sentence(const std::vector<Row>& rows);

}  // namespace gilbench
