// Rows as JSON in Google Benchmark's shape; results/schema.json describes it.
#pragma once

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// One row, which has a time or a reason why it has none. Its speedup needs the row with one worker.
nlohmann::ordered_json row_json(const std::vector<Row>& rows, std::size_t index);

// {"context": …, "benchmarks": [a row each]}. A row that has neither a time nor a reason (its runs
// were interrupted) is left out.
nlohmann::ordered_json results_json(const nlohmann::ordered_json& context,
                                    const std::vector<Row>& rows);

// Indented text; bytes that are not UTF-8 (a program's message may hold any) become U+FFFD.
std::string to_text(const nlohmann::ordered_json& document);

// The same in one line, without a newline.
std::string to_line(const nlohmann::ordered_json& document);

}  // namespace gilbench
