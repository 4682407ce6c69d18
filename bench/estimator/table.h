// Small tables, as text for a terminal or as Markdown.
#pragma once

#include <string>
#include <vector>

namespace gilbench::estimator {

// Lines of cells, the heading first; each has as many cells as the heading.
using Table = std::vector<std::vector<std::string>>;

// In columns, two spaces before each: the first to the left, the others to the right.
std::string text_of(const Table& table);

// Of GitHub's kind. What would be read as the border of a cell is escaped.
std::string markdown_of(const Table& table);

}  // namespace gilbench::estimator
