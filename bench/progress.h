// What is running, how much is left: one rewritten line on a terminal, plain lines elsewhere.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace gilbench {

// Writes to stderr, between runs only: while a run is measured nothing of the harness runs.
class Progress {
 public:
  // `runs_per_row[i]`: how often row i will be run. Quiet: writes nothing.
  Progress(const std::vector<std::size_t>& runs_per_row, bool quiet);

  void start_run(std::size_t row, const std::string& name);
  // `seconds` is the wall time of the run with all that surrounds it.
  void finish_run(std::size_t row, double seconds);
  // The row will be run once more than was said before.
  void add_run(std::size_t row);
  // What is left is this long, as long as it is more than the runs that are left take.
  void set_budget(double seconds_left);
  // The row failed: it will not be run again.
  void drop_row(std::size_t row);
  // Takes the line off the terminal, before something else is written.
  void clear();

  // What is left by the runs finished so far; negative while nothing is known.
  double seconds_left() const;

 private:
  struct RowProgress {
    std::size_t runs_left = 0;
    std::size_t runs_done = 0;
    double seconds = 0;
  };

  std::vector<RowProgress> rows_;
  std::size_t total_ = 0;
  std::size_t started_ = 0;
  double budget_left_ = 0;
  bool quiet_;
  bool terminal_;
  bool line_shown_ = false;
};

// 83 seconds are "1:23", 3725 are "1:02:05".
std::string clock_text(double seconds);

}  // namespace gilbench
