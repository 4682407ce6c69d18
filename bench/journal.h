// Rows on disk as soon as they are finished: JSON lines beside the results file, kept by one run.
//
// A journal is a promise twice over. Its lock says that a run is under way, so that a second run
// into the same results is refused. Its lines are the rows that are finished, so that a kill, a
// full disk or a power cut costs only the row that was being measured.
//
//   1. The journal is created with O_EXCL and locked with flock(); the lock goes with the process.
//   2. A journal that exists already and is locked belongs to a run under way.
//   3. One that is not locked is what a run left that did not end. It is renamed to PATH.1, PATH.2
//      and so on, while it is locked, and a new one is created.
//   4. Whoever has locked a file looks whether the path still leads to it: its owner may have
//      removed or renamed it in between. Then all begins anew.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

namespace gilbench {

class Journal {
 public:
  // Creates and locks `path`. Throws UsageError where another run has it, or where it cannot be
  // written.
  explicit Journal(std::string path);
  // Closes it. The file stays if it has a row and remove() was not called.
  ~Journal();
  Journal(const Journal&) = delete;
  Journal& operator=(const Journal&) = delete;

  // What is the first line: anything but a row.
  void start(const std::string& line);

  // Adds one row, which must have no newline, and waits until it is on the disk. What cannot be
  // written now is tried again with the next row. Returns the reason for the user, once, when rows
  // cannot be written; otherwise "".
  std::string append(const std::string& row);

  // All rows stand elsewhere: the journal goes.
  void remove();

  const std::string& path() const { return path_; }
  // Where the journal of a run that did not end was moved to; empty where there was none.
  const std::string& kept() const { return kept_; }
  bool has_rows() const { return rows_ > 0; }

 private:
  bool create();
  void set_aside();
  bool write_pending();

  std::string path_;
  std::string kept_;
  int descriptor_ = -1;
  std::string pending_;    // lines that are not in the file yet
  off_t size_ = 0;         // of the file, which holds whole lines only
  std::int64_t rows_ = 0;  // in the file or pending
  bool complained_ = false;
};

}  // namespace gilbench
