#include "bench/result_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <system_error>
#include <utility>

#include "bench/options.h"

namespace gilbench {
namespace {

[[noreturn]] void refuse(const std::string& path, int error) {
  throw UsageError("cannot write " + path + ": " + std::strerror(error));
}

[[noreturn]] void fail(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}

}  // namespace

ResultFile::ResultFile(std::string path) : path_(std::move(path)) {
  struct stat status {};
  const bool exists = stat(path_.c_str(), &status) == 0;
  if (exists && S_ISDIR(status.st_mode)) refuse(path_, EISDIR);
  // A rename would replace even a file that its owner has made read-only.
  if (exists && access(path_.c_str(), W_OK) != 0) refuse(path_, errno);
  if (!exists || S_ISREG(status.st_mode)) temporary_ = path_ + ".tmp";
  const std::string& target = temporary_.empty() ? path_ : temporary_;
  descriptor_ = open(target.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor_ < 0) refuse(path_, errno);
}

ResultFile::~ResultFile() {
  if (descriptor_ < 0) return;
  close(descriptor_);
  if (!temporary_.empty()) unlink(temporary_.c_str());
}

void ResultFile::commit(const std::string& text) {
  write_all(text);
  // On disk before the name points to it: a crash leaves the old file or the new one.
  if (!temporary_.empty() && fsync(descriptor_) != 0) fail(path_);
  if (!temporary_.empty() && std::rename(temporary_.c_str(), path_.c_str()) != 0) fail(path_);
  close(std::exchange(descriptor_, -1));
}

void ResultFile::write_all(const std::string& text) {
  for (std::size_t written = 0; written < text.size();) {
    const ssize_t count = write(descriptor_, text.data() + written, text.size() - written);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(path_);
    written += static_cast<std::size_t>(count);
  }
}

}  // namespace gilbench
