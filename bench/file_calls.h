// The system calls that results files and their journals are made of, each until it is done.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace gilbench {

// Closes what it holds. Negative: it holds nothing.
struct FileDescriptor {
  explicit FileDescriptor(int opened) : number(opened) {}
  ~FileDescriptor();
  FileDescriptor(const FileDescriptor&) = delete;
  FileDescriptor& operator=(const FileDescriptor&) = delete;

  int number;
};

// Throws UsageError: "cannot write PATH: what the error means".
[[noreturn]] void refuse_file(const std::string& path, int error);

// Writes until all is written or an error comes; how many bytes were written. errno has the error.
std::size_t write_some(int descriptor, std::string_view text);

// Waits until the names in the folder of `path` are on the disk. False, with errno set, where that
// failed; a file system that cannot do it counts as done.
bool sync_folder_of(const std::string& path);

}  // namespace gilbench
