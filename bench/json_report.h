// Rows as JSON in Google Benchmark's shape; results/schema.json describes it.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// Of results files. 1: an entry for each row, with lists. 2: an entry for each repetition.
inline constexpr int kResultsSchema = 2;

// The entry of one of a row's repetitions, or, of a row without a time, of the reason why it has
// none. `index`: the row's.
nlohmann::ordered_json repetition_json(const Row& row, std::size_t index, std::size_t repetition);
nlohmann::ordered_json reason_json(const Row& row, std::size_t index);

// {"context": …, "benchmarks": [each repetition, and after those of a row its aggregates]}. A row
// that has neither a time nor a reason (its runs were interrupted) is left out.
nlohmann::ordered_json results_json(const nlohmann::ordered_json& context,
                                    const std::vector<Row>& rows);

// Text with a line for each entry; bytes that are not UTF-8 (a program's message may hold any)
// become U+FFFD.
std::string to_text(const nlohmann::ordered_json& document);

// The same in one line, without a newline.
std::string to_line(const nlohmann::ordered_json& document);

}  // namespace gilbench
