// The first column is aligned to the left, all others to the right.
#include "bench/estimator/table.h"

#include <algorithm>
#include <cstddef>

namespace gilbench::estimator {
namespace {

std::string escaped(const std::string& cell) {
  std::string text;
  for (const char c : cell) {
    if (c == '|' || c == '\\') text += '\\';
    text += c == '\n' ? ' ' : c;
  }
  return text;
}

std::string markdown_line(const std::vector<std::string>& cells) {
  std::string line = "|";
  for (const std::string& cell : cells) line += " " + escaped(cell) + " |";
  return line + "\n";
}

}  // namespace

std::string text_of(const Table& table) {
  std::vector<std::size_t> widths(table.front().size());
  for (const auto& line : table) {
    for (std::size_t column = 0; column < line.size(); ++column) {
      widths[column] = std::max(widths[column], line[column].size());
    }
  }
  std::string text;
  for (const auto& line : table) {
    for (std::size_t column = 0; column < line.size(); ++column) {
      const std::string gap(widths[column] - line[column].size(), ' ');
      text += column == 0 ? "  " + line[column] + gap : "  " + gap + line[column];
    }
    text += '\n';
  }
  return text;
}

std::string markdown_of(const Table& table) {
  std::string text = markdown_line(table.front()) + "|---|";
  for (std::size_t column = 1; column < table.front().size(); ++column) text += "---:|";
  text += '\n';
  for (std::size_t line = 1; line < table.size(); ++line) text += markdown_line(table[line]);
  return text;
}

}  // namespace gilbench::estimator
