// What a run says at its end: a table for each kind of workload, and what may be concluded from it.
//
// Every number and every verdict is the estimator's (docs/estimator.md), taken from the text that
// the results file holds: so table, file and charts rest on the same.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

struct SummaryLook {
  bool markdown = false;
  bool color = false;     // a terminal's: subjects stand out
  std::size_t width = 0;  // of the terminal, at which sentences are wrapped; 0: nowhere
};

// Tables and sentences of one session at the number of workers that sums up each kind. `results`:
// the text of results_json(). `threshold`: how far from 1 a ratio must be to mean something. Empty
// where no row can be compared. Throws estimator::DataError for more than can be compared.
std::string summary(const std::vector<Row>& rows, const std::string& results, double threshold,
                    const SummaryLook& look = {});

// Whether each kind with several strategies has a verdict.
bool has_verdicts(const std::string& results, double threshold);

}  // namespace gilbench
