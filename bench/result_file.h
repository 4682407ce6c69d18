// A results file that is either the old one or the whole new one, never half, and of one run only.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>

#include "bench/journal.h"

namespace gilbench {

// Where results go. Three kinds of path:
//
// - A plain file, or nothing yet. Links are followed first: the file at their end is meant. A run
//   that is made holds the journal PATH.rows from the first moment, so that a place that cannot be
//   written, or that another run writes to, is known before hours of measuring. commit() writes a
//   new file of a random name beside the old one, renames it over the old one and removes the
//   journal. So a run that fails or is killed leaves the old results, and a journal.
// - A device, a pipe or a descriptor of another process: written in place, without a journal.
// - A descriptor of this process, as /dev/fd/3 or /dev/stdout: written where it stands.
class ResultFile {
 public:
  // Throws UsageError where it cannot be written or is in use.
  explicit ResultFile(std::string path);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  // What an earlier run left here, in one line for the user; "" where it left nothing.
  std::string notice() const;

  // The journal's first line: the context, as JSON in one line.
  void start_rows(const std::string& line);
  // A finished row, as JSON in one line. Returns a line for the user where rows cannot be kept,
  // once; the results are then written at the end alone.
  std::string append_row(const std::string& line);

  // Writes all of `text` and puts it in place. Throws std::runtime_error, which says where the rows
  // are; the old file then stays.
  void commit(const std::string& text);

  const std::string& path() const { return path_; }

 private:
  void open_in_place(const std::string& folder, const std::string& name);
  void write_in_place(const std::string& text);
  void replace(const std::string& text);
  [[noreturn]] void fail(int error) const;

  std::string path_;
  std::string target_;              // what `path_` leads to; empty: written in place
  std::optional<mode_t> mode_;      // of the old file
  std::optional<Journal> journal_;  // beside a target
  int descriptor_ = -1;             // of what is written in place
  bool opened_anew_ = false;        // by its path: it stands at its start
};

}  // namespace gilbench
