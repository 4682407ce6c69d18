// A results file that is either the old one or the whole new one, never half.
#pragma once

#include <string>

namespace gilbench {

// Holds `path`.tmp open from the first moment, so that a file that cannot be written is known
// before hours of measuring, and renames it to `path` in the end. A device or pipe is written in
// place.
class ResultFile {
 public:
  // Throws UsageError where it cannot be written.
  explicit ResultFile(std::string path);
  ~ResultFile();
  ResultFile(const ResultFile&) = delete;
  ResultFile& operator=(const ResultFile&) = delete;

  // Writes all of `text` and puts it in place. Throws std::system_error; the old file then stays.
  void commit(const std::string& text);

  const std::string& path() const { return path_; }

 private:
  void write_all(const std::string& text);

  std::string path_;
  std::string temporary_;  // empty: written in place
  int descriptor_ = -1;
};

}  // namespace gilbench
