// Results for other programs and for documents: --export-csv, --export-markdown.
#pragma once

#include <string>
#include <vector>

#include "bench/row.h"

namespace gilbench {

// A line for each row that has a time: what conclude says of it, with intervals, and what it cost.
// `rows`: those that `results`, the text of results_json(), is of.
std::string rows_csv(const std::vector<Row>& rows, const std::string& results);

// Writes the file, whole. Throws std::runtime_error.
void write_export(const std::string& path, const std::string& text);

}  // namespace gilbench
