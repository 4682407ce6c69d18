// Calls that a signal interrupts are made again; folders that cannot be synchronised are passed
// over.
#include "bench/file_calls.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "bench/options.h"

namespace gilbench {

FileDescriptor::~FileDescriptor() {
  if (number >= 0) close(number);
}

void refuse_file(const std::string& path, int error) {
  throw UsageError("cannot write " + path + ": " + std::strerror(error));
}

std::size_t write_some(int descriptor, std::string_view text) {
  std::size_t written = 0;
  while (written < text.size()) {
    const ssize_t count = write(descriptor, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) break;
    written += static_cast<std::size_t>(count);
  }
  return written;
}

bool sync_folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const FileDescriptor opened(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  // A folder that may be written but not read cannot be synchronised.
  if (opened.number < 0) return errno == EACCES;
  return fsync(opened.number) == 0 || errno == EINVAL || errno == ENOTSUP;
}

}  // namespace gilbench
