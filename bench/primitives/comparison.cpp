// A table of medians with a column for each mode and number of threads, and the ratio of counting
// under a strategy to its counterpart without a runtime.
#include "bench/primitives/comparison.h"

#include <algorithm>
#include <cstdio>
#include <string_view>
#include <utility>

namespace gilbench {
namespace {

// What counting under a strategy should cost no more than this much beyond.
constexpr double kMostOverhead = 1.05;

struct Counterpart {
  std::string_view strategy;
  std::string_view baseline;
};
constexpr Counterpart kCounterparts[] = {{"global_lock", "plain_increment"},
                                         {"multi_process", "plain_increment"},
                                         {"atomic_refcount", "raw_lock_xadd"}};

using Column = std::pair<std::string, int>;  // a mode and a number of threads

int mode_order(const Column& column) {
  return column.first == "alone" ? 0 : column.first == "apart" ? 1 : 2;
}

std::vector<Column> columns_of(const std::vector<PrimitiveRow>& rows) {
  std::vector<Column> columns;
  for (const PrimitiveRow& row : rows) {
    const Column column(row.mode, row.threads);
    if (std::find(columns.begin(), columns.end(), column) == columns.end()) {
      columns.push_back(column);
    }
  }
  std::sort(columns.begin(), columns.end(), [](const Column& a, const Column& b) {
    return std::pair(mode_order(a), a.second) < std::pair(mode_order(b), b.second);
  });
  return columns;
}

std::string padded(const std::string& text, std::size_t width) {
  return text.size() < width ? std::string(width - text.size(), ' ') + text : text;
}

std::string nanoseconds(double value) {
  char text[32];
  std::snprintf(text, sizeof text, value < 100 ? "%.2f" : "%.0f", value);
  return text;
}

constexpr int kNameWidth = 28;
constexpr std::size_t kColumnWidth = 13;

double median_of(const std::vector<PrimitiveRow>& rows, std::string_view primitive,
                 std::string_view subject, const Column& column) {
  for (const PrimitiveRow& row : rows) {
    if (row.primitive->name == primitive && row.primitive->subject == subject &&
        Column(row.mode, row.threads) == column) {
      return row.median();
    }
  }
  return 0;
}

}  // namespace

std::string comparison_table(const std::vector<PrimitiveRow>& rows) {
  const std::vector<Column> columns = columns_of(rows);
  std::string table = "ns an operation takes a thread" + std::string(kNameWidth - 28, ' ');
  for (const auto& [mode, threads] : columns) {
    const std::string count = threads > 1 ? " x" + std::to_string(threads) : "";
    table += padded(mode + count, kColumnWidth);
  }
  table += '\n';
  std::string_view primitive;
  std::string_view subject;
  for (const PrimitiveRow& row : rows) {
    if (row.primitive->name != primitive) {
      primitive = row.primitive->name;
      subject = "";
      table += std::string(primitive) + '\n';
    }
    if (row.primitive->subject == subject) continue;
    subject = row.primitive->subject;
    char name[64];
    std::snprintf(name, sizeof name, "  %-*s", kNameWidth, std::string(subject).c_str());
    table += name;
    for (const Column& column : columns) {
      const double value = median_of(rows, primitive, subject, column);
      table += padded(value > 0 ? nanoseconds(value) : "-", kColumnWidth);
    }
    table += '\n';
  }
  return table;
}

std::vector<std::string> counting_ratios(const std::vector<PrimitiveRow>& rows) {
  std::vector<std::string> lines;
  const Column alone("alone", 1);
  for (const auto& [strategy, baseline] : kCounterparts) {
    const double ours = median_of(rows, "retain_release", strategy, alone);
    const double raw = median_of(rows, "retain_release", baseline, alone);
    if (ours <= 0 || raw <= 0) continue;
    const double ratio = ours / raw;
    char line[160];
    std::snprintf(line, sizeof line, "retain+release, %s over %s: %.3f (at most %.2f: %s)",
                  std::string(strategy).c_str(), std::string(baseline).c_str(), ratio,
                  kMostOverhead, ratio <= kMostOverhead ? "reached" : "missed");
    lines.emplace_back(line);
  }
  return lines;
}

}  // namespace gilbench
