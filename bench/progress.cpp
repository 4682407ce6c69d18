// Estimates the rest from the mean time of each row's runs so far; a row that has not run yet
// counts as the mean of all.
#include "bench/progress.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

namespace gilbench {
namespace {

// A rewritten line must not wrap, or the terminal keeps the part above.
std::size_t terminal_columns() {
  winsize size{};
  if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 80;
  return size.ws_col;
}

}  // namespace

Progress::Progress(const std::vector<std::size_t>& runs_per_row, bool quiet)
    : quiet_(quiet), terminal_(isatty(STDERR_FILENO) == 1) {
  for (const std::size_t runs : runs_per_row) {
    rows_.push_back({runs, 0, 0});
    total_ += runs;
  }
}

void Progress::start_run(std::size_t row, const std::string& name) {
  if (rows_[row].runs_left > 0) ++started_;
  if (quiet_) return;
  std::string line =
      std::string("[") + std::to_string(started_) + "/" + std::to_string(total_) + "] " + name;
  const double left = seconds_left();
  if (left >= 0) line += ", about " + clock_text(left) + " left";
  if (terminal_) {
    line.resize(std::min(line.size(), terminal_columns() - 1));
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    line_shown_ = true;
  } else {
    std::fprintf(stderr, "%s\n", line.c_str());
  }
  std::fflush(stderr);
}

void Progress::finish_run(std::size_t row, double seconds) {
  RowProgress& progress = rows_[row];
  if (progress.runs_left > 0) --progress.runs_left;
  ++progress.runs_done;
  progress.seconds += seconds;
  budget_left_ -= seconds;
}

void Progress::add_run(std::size_t row) {
  ++rows_[row].runs_left;
  ++total_;
}

void Progress::set_budget(double seconds_left) { budget_left_ = seconds_left; }

void Progress::drop_row(std::size_t row) { total_ -= std::exchange(rows_[row].runs_left, 0); }

void Progress::clear() {
  if (!std::exchange(line_shown_, false)) return;
  std::fprintf(stderr, "\r\033[K");
  std::fflush(stderr);
}

double Progress::seconds_left() const {
  double known_seconds = 0;
  std::size_t known_runs = 0;
  for (const RowProgress& row : rows_) {
    known_seconds += row.seconds;
    known_runs += row.runs_done;
  }
  if (known_runs == 0) return -1;
  const double mean = known_seconds / static_cast<double>(known_runs);
  double left = 0;
  for (const RowProgress& row : rows_) {
    const double each = row.runs_done > 0 ? row.seconds / static_cast<double>(row.runs_done) : mean;
    left += each * static_cast<double>(row.runs_left);
  }
  return std::max(left, budget_left_);
}

std::string clock_text(double seconds) {
  const long total = std::lround(seconds);
  const long hours = total / 3600;
  char text[48];
  if (hours > 0) {
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", hours, total / 60 % 60, total % 60);
  } else {
    std::snprintf(text, sizeof text, "%ld:%02ld", total / 60, total % 60);
  }
  return text;
}

}  // namespace gilbench
