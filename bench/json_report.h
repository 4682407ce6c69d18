// Rows as JSON in Google Benchmark's shape; results/schema.json describes it.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// {"context": …, "benchmarks": [a row each]}. A row that has neither a time nor a reason (its runs
// were interrupted) is left out.
nlohmann::ordered_json results_json(const nlohmann::ordered_json& context,
                                    const std::vector<Row>& rows);

// Indented text; bytes that are not UTF-8 (a program's message may hold any) become U+FFFD.
std::string to_text(const nlohmann::ordered_json& document);

}  // namespace gilbench
